import { parseJson } from "@vj/schema";
import { z } from "zod";

/** Some programs write numbers and flags as texts. */
const number = z.union([z.number(), z.string().regex(/^-?\d{1,9}(\.\d{1,9})?$/).transform(Number)]).pipe(z.number());
const flag = z.union([z.boolean(), z.number().transform((value) => value !== 0), z.enum(["true", "false", "on", "off"]).transform((value) => value === "true" || value === "on")]);
const name = z.string().max(200);

const schema = z.discriminatedUnion("evt", [
  z.object({
    evt: z.literal("beat"),
    /** The beats are at another place from now on. */
    change: flag.default(false),
    /** Beats since the first of the track; multiples of four begin bars. */
    pos: number.pipe(z.number().min(-1e9).max(1e9).transform(Math.round)).optional(),
    bpm: number.optional(),
    strength: number.optional(),
  }),
  z.object({ evt: z.literal("btn"), name, page: name.optional(), state: flag }),
  z.object({ evt: z.literal("cmd"), id: number.pipe(z.int()), param: number }),
  /** Feedback of a lighting program: a button lights up. */
  z.object({ evt: z.literal("feedback"), name, page: name.optional(), state: flag }),
]);

/** A message of OS2L. */
export type Os2lMessage = z.infer<typeof schema>;
export type Os2lBeat = Extract<Os2lMessage, { evt: "beat" }>;

/** Reads one object; undefined when it is not JSON, or not a message of OS2L. Unknown fields are ignored. */
export function readMessage(text: string): Os2lMessage | undefined {
  return schema.safeParse(parseJson(text)).data;
}

/** A beat as lighting programs expect it. @param strength 0 to 1 */
export function beatMessage({ change, pos, bpm, strength }: { change: boolean; pos: number; bpm: number; strength: number }): string {
  return JSON.stringify({ evt: "beat", change, pos, bpm: Math.round(bpm * 100) / 100, strength });
}

export function buttonMessage(button: string, isOn: boolean): string {
  return JSON.stringify({ evt: "btn", name: button, state: isOn ? "on" : "off" });
}

import { z } from "zod";

/** How `vj-midi` is started: its one argument, as JSON. */
export const childOptionsSchema = z.object({
  /** Name of the port or a part of it, "" for one of our own; left out: none. */
  out: z.string().optional(),
  in: z.string().optional(),
  notes: z.enum(["off", "notes", "cc"]),
  channel: z.int(),
  beat: z.int(),
  bar: z.int(),
  drop: z.int(),
});
export type ChildOptions = z.infer<typeof childOptionsSchema>;

/** A line to the child, on its standard input. */
export const toChildSchema = z.union([
  z.object({ line: z.object({ bpm: z.number(), beat: z.number(), atUs: z.number(), metre: z.number() }).nullable() }),
  z.object({ drop: z.literal(true) }),
]);
export type ToChild = z.infer<typeof toChildSchema>;

const portSchema = z.object({ name: z.string().nullable(), problem: z.string().optional(), todo: z.string().optional() });
/** A port: its name once it is open, else why it is not. */
export type PortState = z.infer<typeof portSchema>;

/** A line from the child, on descriptor 3. */
export const fromChildSchema = z.union([
  z.object({ message: z.array(z.int()), us: z.number() }),
  z.object({
    status: z.object({
      out: portSchema.optional(),
      in: portSchema.optional(),
      timing: z.object({ clocks: z.int(), late_ms_p99: z.number(), jitter_ms_p99: z.number() }),
    }),
  }),
  // MIDI does not work here at all; the child ends.
  z.object({ fault: z.string(), todo: z.string() }),
]);
export type FromChild = z.infer<typeof fromChildSchema>;
export type ChildStatus = Extract<FromChild, { status: unknown }>["status"];

// The files of a folder of labelled clips.
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const truthSchema = z.looseObject({
  /** Of the clip, seconds; default: that of its sound. */
  duration: z.number().optional(),
  /** Beginnings of sounds, where they are known. */
  onsets: z.array(z.number()).nullish(),
  beats: z.array(z.number()),
  drops: z.array(z.number()).default([]),
  /** Spans in which beats do not count, `[from, to]`. */
  ignore: z.array(z.tuple([z.number(), z.number()])).default([]),
  bpm: z.number().nullish(),
  /** First beats of bars, where they are known, and the name of the metre. */
  downbeats: z.array(z.number()).nullish(),
  time_signature: z.string().nullish(),
  tempo_varies: z.boolean().nullish(),
});

const figure = z.number().nullish();
const scored = z.looseObject({ overall: z.looseObject({ F: z.number(), CMLt: figure, AMLt: figure, Acc1: figure, Acc2: figure, bias: figure }) });
const peerSchema = z.looseObject({
  name: z.string(),
  causal: z.boolean(),
  as_emitted: scored.nullish(),
  as_dated: scored.nullish(),
  /** By name of the clip, for the beats as dated, which favours the rivals. */
  clip: z.record(z.string(), z.looseObject({ F: z.number() })).default({}),
});

/** The labels of a clip: the file NAME.json beside it. @typedef {z.output<typeof truthSchema> & { duration: number }} Truth */
/** A rival and its figures. @typedef {z.output<typeof peerSchema>} Peer */

/**
 * @param {string} file
 * @param {number} [seconds] length of its sound, for labels without one
 * @returns {Truth}
 * @throws Error that names the file and the place of the fault
 */
export const readTruth = (file, seconds) => {
  const truth = parse(truthSchema, file);
  const duration = truth.duration ?? seconds;
  if (duration === undefined) throw new Error(`${file}: duration is missing, the length of the sound in seconds`);
  return { ...truth, duration };
};

/** The rivals; none without their file. @param {string} file @returns {Peer[]} @throws Error that names the file and the place of the fault */
export const readPeers = (file) => (existsSync(file) ? Object.values(parse(z.record(z.string(), peerSchema), file)) : []);

/**
 * @template {z.ZodType} T
 * @param {T} schema
 * @param {string} file
 * @returns {z.output<T>}
 */
export const parse = (schema, file) => {
  const content = readFileSync(file, "utf8");
  try {
    return schema.parse(JSON.parse(content));
  } catch (error) {
    const fault = error instanceof z.ZodError ? error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`).join("; ") : Object(error).message;
    throw new Error(`${file}: ${fault}`, { cause: error });
  }
};

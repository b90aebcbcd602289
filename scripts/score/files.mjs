// The files of a folder of labelled clips.
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const truthSchema = z.looseObject({
  /** Seconds. */
  duration: z.number(),
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

/** The labels of a clip: the file NAME.json beside it. @typedef {z.output<typeof truthSchema>} Truth */
/** A rival and its figures. @typedef {z.output<typeof peerSchema>} Peer */

/** @param {string} file @returns {Truth} @throws Error when it is invalid */
export const readTruth = (file) => truthSchema.parse(JSON.parse(readFileSync(file, "utf8")));

/** The rivals; none without their file. @param {string} file @returns {Peer[]} @throws Error when it is invalid */
export const readPeers = (file) => (existsSync(file) ? Object.values(z.record(z.string(), peerSchema).parse(JSON.parse(readFileSync(file, "utf8")))) : []);

// Layout, in reading order:
//   limits         every size and time-out of the contract
//   worker-phase, reply, subscription   words of the control plane; their schemas are in @vj/schema
//   coded-error    errors with codes, the base of those of each package; errors: those of this one
//   osc-pattern    matches addresses
//   osc-table      declares an address; osc-values: the types of its values; flat-place: one float 0-1 per argument; osc-audio, osc-karaoke, osc-lyrics, osc-contract are the tables
//   category       moods of songs
//   target         receivers of telemetry; target-view: how messages look there; target-presets: settings for known programs; place-text: where one is
//   message-of     the message of any thrown value; listeners: the one way to listen to an object
//   rate-limit     limits reports of the same kind and counts the suppressed ones; serial: tasks one after the other
export * from "./limits.ts";
export * from "./worker-phase.ts";
export * from "./reply.ts";
export * from "./subscription.ts";
export * from "./coded-error.ts";
export * from "./errors.ts";
export * from "./osc-pattern.ts";
export * from "./osc-table.ts";
export * from "./flat-place.ts";
export type * from "./osc-values.ts";
export * from "./osc-audio.ts";
export * from "./osc-karaoke.ts";
export * from "./osc-lyrics.ts";
export * from "./osc-contract.ts";
export * from "./category.ts";
export * from "./target.ts";
export * from "./place-text.ts";
export * from "./target-view.ts";
export * from "./target-presets.ts";
export * from "./message-of.ts";
export * from "./rate-limit.ts";
export * from "./serial.ts";
export * from "./listeners.ts";

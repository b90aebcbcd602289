// Trying out one receiver of OSC. Layout, in reading order:
//   pattern, play-pattern   a test pattern, one argument after the other, so that a program can learn the addresses
//   resend-states           all states as they stand, for a late joiner
//   read-message, send-message   one message, as a person writes it
export { testPattern } from "./pattern.ts";
export type { PatternStep } from "./pattern.ts";
export { playPattern } from "./play-pattern.ts";
export type { PlayOptions } from "./play-pattern.ts";
export { resendStates } from "./resend-states.ts";
export type { ResendOptions } from "./resend-states.ts";
export { oscAddressPattern, readMessage } from "./read-message.ts";
export type { ReadMessage } from "./read-message.ts";
export { sendMessage } from "./send-message.ts";
export type { SentMessage } from "./send-message.ts";

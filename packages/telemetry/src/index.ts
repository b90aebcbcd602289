// Layout, in reading order:
//   encode                      values + table entry -> datagram
//   sender                      createTelemetry: fan-out to targets and subscriptions
//     destination, open-socket  one receiver: name, socket, queue, counts
//     retained                  what late joiners are told
//     rate-limit                problems, said once in a while
//   targets-file                targets.json, followed while it changes
//   decode, message             datagram -> messages, arguments decoded when read; read-osc: arguments by name
//   receiver, latest, dropped   a port, the newest message per address, what was dropped and why
//   feed, keep-feed             the telemetry of one worker, from its port alone; kept up while it comes and goes
//   osc-reference               address tables as Markdown; contract-reference is docs/osc.md
export * from "./encode.ts";
export { createTelemetry, maxSubscriptions } from "./sender.ts";
export type { SubscriptionHandle, Telemetry, TelemetryOptions, TelemetryStats } from "./sender.ts";
export type { DestinationStats } from "./destination.ts";
export * from "./targets-file.ts";
export * from "./decode.ts";
export type { OscMessage, OscValue } from "./message.ts";
export * from "./read-osc.ts";
export * from "./receiver.ts";
export * from "./dropped.ts";
export * from "./feed.ts";
export * from "./keep-feed.ts";
export * from "./latest.ts";
export * from "./osc-reference.ts";
export * from "./contract-reference.ts";

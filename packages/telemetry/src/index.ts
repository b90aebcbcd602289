// Layout, in reading order:
//   encode/    check: values by the table; encodeMessage: checked values -> bytes; number-message: numbers into earlier bytes
//   send/      values + table entry -> datagrams
//     sender        createTelemetry: checks, retains, delivers
//     retained      the messages for late joiners, as values
//     recipients    targets and subscriptions; place: where one is; silences: what is muted; left-views: what a place saw until a moment ago
//   view/      the messages that a receiver gets, and their form; equal views are rendered once
//     view          shape, addresses, text, flash guard, rate; render: one message for all views
//     shapes        packed, flat, textler, synesthesia (synesthesia-set: its names)
//     outgoing      where each argument of a table goes in a view
//     address-rules, flash-guard, pace, to-ascii, head, bundle   one step each; block: all numbers of one address in a bundle, number-part: one
//   outlet/    bytes -> one receiver: queue, counts; route: its name and socket (open-socket); backlog, fair-share, listen-watch, network-fault; outbox: what one turn sends to all
//   receive/   datagrams -> messages
//     receiver      a port: onPacket, onMessage, counts; dropped: dropped packets with reasons
//     decode        datagram -> messages; message: its arguments are decoded when read; read-osc: arguments by name
//     latest        the newest message per address; float-text: a float32 for a person
//     feed          the telemetry of one worker, from its port alone; keep-feed: across the connections of a client
//   port/      owner: who has a port; free: the next free one; taken: both in a sentence
//   errors         with codes
//   reference/     address tables as Markdown, for documentation only: @vj/telemetry/reference
export { check, encode, encodeMessage } from "./encode/encode.ts";
export type { CheckedMessage } from "./encode/checked-message.ts";
export type { Checked, Encoded } from "./encode/encode.ts";
export { createTelemetry } from "./send/sender.ts";
export type { Telemetry, TelemetryOptions, TelemetryStats } from "./send/sender.ts";
export { maxSubscriptions } from "./send/recipients.ts";
export type { Place } from "./send/place.ts";
export type { SubscriptionHandle } from "./send/recipients.ts";
export { outgoingArguments } from "./view/outgoing.ts";
export type { OutgoingArgument } from "./view/outgoing.ts";
export { Outlet } from "./outlet/outlet.ts";
export type { OutletOptions, OutletStats } from "./outlet/outlet.ts";
export { isPortFree, nextFreePort } from "./port/free.ts";
export { portOwner } from "./port/owner.ts";
export type { PortProtocol } from "./port/owner.ts";
export { explainTakenPort } from "./port/taken.ts";
export type { TakenPort } from "./port/taken.ts";
export * from "./receive/decode.ts";
export type { OscMessage, RawOscMessage } from "./receive/message.ts";
export type { OscValue } from "./receive/read-arguments.ts";
export * from "./receive/read-osc.ts";
export * from "./receive/receiver.ts";
export * from "./receive/dropped.ts";
export * from "./receive/feed.ts";
export * from "./receive/keep-feed.ts";
export { keptBytes } from "./receive/kept-bytes.ts";
export { floatText, tagOf } from "./receive/float-text.ts";
export * from "./receive/latest.ts";
export * from "./errors.ts";

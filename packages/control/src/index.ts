// Layout, in reading order:
//   errors         with codes
//   bus-dir        where sockets and logs live, and who may put them there
//   socket-path    name -> path, within the length that every system binds
//   weigh-json     the work that a message would cause, before it is parsed
//   frame          messages <-> bytes, pure
//   turn-budget    how much of one turn of the event loop decoding may take
//   large-frames   large frames take turns; held-bytes: memory of all connections together; traffic: both, per process
//   connection     messages over one socket, bounded both ways
//   descriptor-limit  how many clients the system's limit of descriptors leaves room for
//   process/       processes by pid and start time: facts from the system about them and their sockets, signals, killing one with
//                  everything it started
//   claim-name     exactly one process per name; lock-files: its files in the bus directory; child-record: a file for a process that has
//                  not claimed yet; strays: kills what those left behind that ended while no manager ran;
//                  bind-socket: the socket file itself
//   server         listens and heals its socket file: listen; serve-peer answers one client; turn-away refuses one too many
//   collect-garbage  after a burst
//   until-aborted  cancels a wait by its signal
//   control-client what a client offers; client: a connection that reconnects, by redial (dial: one attempt; reconnect: the delay before the
//                  next); requests: commands over it, by pending and command-queue
export { AlreadyRunningError, ControlError, isOutOfDescriptors, systemErrorCode } from "./errors.ts";
export type { ControlErrorCode } from "./errors.ts";
export * from "./bus-dir.ts";
export { socketPath } from "./socket-path.ts";
export { createFrameDecoder, decodePayload, encodeFrame } from "./frame.ts";
export type { FrameDecoder } from "./frame.ts";
export type { Traffic } from "./traffic.ts";
export { descriptorLimit } from "./descriptor-limit.ts";
export * from "./server.ts";
export type { ClientEvents, ClientOptions, ConnectOptions, ControlClient, RequestOptions } from "./control-client.ts";
export { connect, createClient } from "./client.ts";
export { untilAborted } from "./until-aborted.ts";
export { claimName } from "./claim-name.ts";
export type { NameClaim } from "./claim-name.ts";
export { nameOwner, nameOwners } from "./lock-files.ts";
export { forgetChild, recordChild } from "./child-record.ts";
export { killStrays } from "./strays.ts";
export { identify, isProcessAlive, isRunning, sendSignal, terminate } from "./process/identity.ts";
export type { ProcessIdentity } from "./process/identity.ts";
export { descendantsOf, killGroup, killLeftBehind, killTree } from "./process/kill-tree.ts";
export { launchersOf, watchLaunchers } from "./process/launchers.ts";
export type { Ancestor, LauncherOptions } from "./process/launchers.ts";
export { orphanZombies, poorInit } from "./process/init.ts";
export { processClock, startedSince } from "./process/started-since.ts";
export { socketHolders, udpSocketsTo, variableOf } from "./process/udp-senders.ts";
export { listenersWithoutFile, ownerByClaim, socketOwner } from "./process/socket-owner.ts";
export { processSource } from "./process/process-source.ts";
export type { ProcessFacts } from "./process/process-facts.ts";

// Layout, in reading order:
//   fields, targets     values of a foreign state, read defensively
//   state               the state of the bus, and its events; reduce: the next state after an event, pure; worker-stats: figures of one worker
//   manager-problems    what is wrong with the process manager itself
//   telemetry-hub       listeners and their addresses
//   worker-connection   one process: state, description, heartbeats, telemetry; connections: all of them
//   open-rig            the client of the whole bus
//   silence             workers that send nothing while another program sends for them
//   manager/            the process manager, for short-lived callers: exported as @vj/rig/manager, which loads no telemetry
//   receiver/           tries out one receiver of OSC: exported as @vj/rig/receiver
//   setting-words       parses key=value as a person writes it; exported as @vj/rig/setting-words
export { fieldsOf, flagField, isFields, numberField, textField } from "./fields.ts";
export type { Fields } from "./fields.ts";
export { silenceWorkers } from "./silence.ts";
export type { Silence, SilenceOptions } from "./silence.ts";
export { sumTargets } from "./targets.ts";
export type { TargetFlow } from "./targets.ts";
export { emptyRig, hasManager, managerOf, workerNames } from "./state.ts";
export type { Link, RigEvent, RigState, WorkerEntry } from "./state.ts";
export { reduceRig } from "./reduce.ts";
export { workerStats } from "./worker-stats.ts";
export type { WorkerStats } from "./worker-stats.ts";
export { openRig } from "./open-rig.ts";
export type { ListenOptions, Rig, RigEvents, RigOptions } from "./open-rig.ts";
export type { OnPacket } from "./telemetry-hub.ts";

// The rig for short-lived callers, without telemetry. Layout, in reading order:
//   rig-error         errors of its commands; manager-options: which bus, and when to stop waiting
//   ask-manager       the process manager: found, asked; start-manager: started
//   until-listed      until every process has its files again
//   wait-for-workers  until workers answer; steer-worker, steer-all: start, restart, stop, and wait
//   until-gone, end-process, stop-rig   ends processes, even those that hang
//   rig-view          the health of all workers, from the manager and their sockets
export { RigError } from "./rig-error.ts";
export type { RigErrorCode } from "./rig-error.ts";
export type { ManagerOptions } from "./manager-options.ts";
export type { WaitOptions } from "../wait.ts";
export { accepted, ask, currentManagerState, findManager, findOpenManager, knownWorker, managerState, noManager, withManager } from "./ask-manager.ts";
export { startManager } from "./start-manager.ts";
export type { LaunchedManager } from "./start-manager.ts";
export { waitForWorkers } from "./wait-for-workers.ts";
export type { WaitResult } from "./wait-for-workers.ts";
export { startAndWait, stopAndWait } from "./steer-worker.ts";
export { restartAll, startAll, stopAll } from "./steer-all.ts";
export type { StopAllResult } from "./steer-all.ts";
export { stopRig } from "./stop-rig.ts";
export type { StopResult } from "./stop-rig.ts";
export type { Ended } from "./end-process.ts";
export { managerCondition } from "../manager-problems.ts";
export { untilListed } from "./until-listed.ts";
export type { LostProcess } from "./until-listed.ts";
export { rigView, viewWithSockets } from "./rig-view.ts";
export type { RigView, WorkerView } from "./rig-view.ts";

// Layout, in reading order:
//   main, config           the program: command line, environment, settings
//   process-manager        the worker: commands, state; manager-commands, worker-requests and intent are its parts
//   fleet                  all workers; supervised-worker: one of them, policy in, effects out
//   worker-process         one process: find-owner, spawn-worker (compile-cache), watch-gone, ping-worker, descendants; last-exit: how it ended, for
//                          its successor
//   find-workers, package-folders, worker-package   finds the programs
//   output-file (with bin/keep-output.sh), last-words   the output of processes
//   targets                targets.json, read and replaced
//   other-rigs             other rigs that send to the same target
//   worker-view            one worker's entry in get_state
export { ProcessManager } from "./process-manager.ts";
export { managerConfig, readOptions } from "./config.ts";
export type { ManagerConfig, ManagerOptions } from "./config.ts";
export { findProject, findWorkers } from "./find-workers.ts";
export type { FoundWorkers, WorkerPlaces } from "./find-workers.ts";
export { WorkerPackageError, readWorkerPackage } from "./worker-package.ts";
export type { WorkerPackageErrorCode, WorkerProgram } from "./worker-package.ts";

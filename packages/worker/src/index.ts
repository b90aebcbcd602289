// Layout, in reading order:
//   worker             the base class: start, stop, answer, beat
//   run-worker         a worker as a process; run-program: as the program of a package, with --help and --version
//   command-table      commands with typed arguments; common-commands: those of every worker; reply: ok and failed
//   change-config, config-store   settings: environment > file > default; config-file: on disk, atomically
//   setting-marks      settings without effect, and secrets
//   settings-watch     what others write into the settings file is taken
//   safe-start         settings that make the start fail are put back: start-record (pure), start-file
//   logger             JSON lines into a bounded file
//   pulse              heartbeats; condition-clock: whether it does its job, and since when; registration: the line to the manager; open-telemetry, subscriptions: OSC out
//   describe, process-stats, environment, serial
//   testing/           the conformance suite, exported as @vj/worker/testing
export * from "./worker.ts";
export type { WorkerDefinition } from "./worker-definition.ts";
export * from "./run-worker.ts";
export * from "./run-program.ts";
export * from "./command-table.ts";
export { failed, ok } from "./reply.ts";
export type { ConfigOrigin, ConfigOverrides } from "./config-store.ts";
export type { VettedConfig } from "./change-config.ts";
export type { ToldCondition } from "./condition-clock.ts";
export { noEffect, secret } from "./setting-marks.ts";
export { lastExits } from "./start-record.ts";
export type { LastExit } from "./start-record.ts";
export { loadConfig, saveConfig } from "./config-file.ts";
export type { LoadedConfig, StoredConfig } from "./config-file.ts";
export { createLogger } from "./logger.ts";
export type { Logger, LoggerOptions, ProcessLogger } from "./logger.ts";
export { readEnvironment } from "./environment.ts";
export type { WorkerEnvironment } from "./environment.ts";

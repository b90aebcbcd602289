// Layout, in reading order:
//   worker             the base class: start, stop, answer; worker-definition: its properties; worker-hooks: the methods that a worker overrides
//   worker-context     its input from the process; run-worker: a worker as a process (end-process); run-program: with --help and --version
//   command-table      commands with typed arguments; common-commands: those of every worker; answers: carries one out; command-log: notes it;
//                      reply: ok and failed
//   settings           the settings over a worker's life: change-queue, change-config, settings-watch (edits of the file)
//   config-store       environment > file > default: config-rules (pure), config-file: on disk, atomically
//   setting-marks      settings without effect, and secrets; common-settings: those of every worker; setting-length
//   kept-schema, away-settings   settings of a worker that does not run
//   safe-start         settings that make the start fail are put back: start-record (pure), start-file
//   bus-presence       socket, heartbeats (pulse, process-stats), registration with the manager
//   condition-clock    the worst condition, and when it began
//   targets-file       targets.json, followed while it changes
//   open-telemetry     sends OSC; subscriptions: to clients that ask (own-address: whether on this machine); mutes: silenced by clients
//   logger             JSON lines into a bounded file; log-fields: their names beside those of the line
//   describe, environment, deferred
//   errors             with codes
//   zod-version        another major of zod is refused in words
//   testing/           the conformance suite, exported as @vj/worker/testing
import "./zod-version.ts";

export { WorkerError } from "./errors.ts";
export type { WorkerErrorCode } from "./errors.ts";
export * from "./worker.ts";
export type { WorkerDefinition } from "./worker-definition.ts";
export * from "./run-worker.ts";
export { runProgram } from "./run-program.ts";
export type { Program, ProgramOption } from "./run-program.ts";
export { defineCommand } from "./command-table.ts";
export type { CommandDefinition, CommandTable } from "./command-table.ts";
export { failed, ok } from "./reply.ts";
export type { ConfigOrigin, ConfigOverrides } from "./config-rules.ts";
export type { VettedConfig } from "./change-config.ts";
export { worstCondition } from "./condition-clock.ts";
export type { ReportedCondition } from "./condition-clock.ts";
export { noEffect, secret, secretShown } from "./setting-marks.ts";
export { changeAway, schemaAway, settingsAway } from "./away-settings.ts";
export type { AwayChange, SettingsPlaces } from "./away-settings.ts";
export type { LastExit } from "./start-record.ts";
export { loadConfig, saveConfig } from "./config-file.ts";
export type { LoadedConfig, StoredConfig } from "./config-file.ts";
export { createLogger } from "./logger.ts";
export type { Logger, LoggerOptions, ProcessLogger } from "./logger.ts";
export { joinBus, serveBus } from "./bus-presence.ts";
export type { BusMember, BusPresence, JoinBus } from "./bus-presence.ts";
export { processContext } from "./worker-context.ts";
export type { WorkerContext } from "./worker-context.ts";
export { WorkerHooks } from "./worker-hooks.ts";
export { packageVersion } from "@vj/files";
export { watchTargets } from "./targets-file.ts";
export type { TargetsWatch } from "./targets-file.ts";
export { readEnvironment } from "./environment.ts";
export type { WorkerEnvironment } from "./environment.ts";

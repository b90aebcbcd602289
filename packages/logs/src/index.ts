// Layout, in reading order:
//   log-line        one line of a log: its form, and how a person reads it
//   rotation        the files of one log, and how they move on; log-file: the bounded writer
//   line-splitter   bytes -> whole lines, pure
//   log-part        one open file; log-parts: the files of a log and their order; open-place: opens one while they move
//   log-tail        the one reader: through rotation, bursts, truncation, and whatever stands in place of a file
//   log-entry       lines -> entries with a time; logs merged by time, pure
//   log-files       which logs there are; log-set: all of them; follow-logs: as they grow; read-log: one, once
export { formatLogLine, logLineSchema, parseLogLine } from "./log-line.ts";
export type { LogLine } from "./log-line.ts";
export { logLimits } from "./rotation.ts";
export { LogFile } from "./log-file.ts";
export type { LogMark, LogStart } from "./log-parts.ts";
export type { LogEntry } from "./log-entry.ts";
export { listLogs } from "./log-files.ts";
export type { LogSelection } from "./log-files.ts";
export { LogSet } from "./log-set.ts";
export type { LogSetOptions, SetLook } from "./log-set.ts";
export { followLogs } from "./follow-logs.ts";
export type { FollowLogsOptions } from "./follow-logs.ts";
export { readLog } from "./read-log.ts";

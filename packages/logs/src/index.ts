// Layout, in reading order:
//   errors          with codes
//   log-line        one line of a log: its format, and its text for a person
//   rotation        the files of one log, and their renaming; log-file: the bounded writer
//   line-splitter   bytes -> whole lines, pure
//   log-part        one open file; log-parts: the files of a log and their order; open-place: opens one while they are renamed
//   log-tail        the reader: handles rotation, bursts, truncation, and entries that are not files
//   log-entry       lines -> entries with a time; logs merged by time, pure
//   log-files       lists the logs; log-set: reads all of them; follow-logs: as they grow; read-log: one, once
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
export type { FollowLogsOptions, LogFollower } from "./follow-logs.ts";
export { readLog } from "./read-log.ts";
export { LogError } from "./errors.ts";
export type { LogErrorCode } from "./errors.ts";

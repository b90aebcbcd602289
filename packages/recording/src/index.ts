// Layout, in reading order:
//   limits, errors
//   codec              zstd, with the checks of what a chunk claims
//   records            the records of MCAP that are read, pure; field-reader: their fields, bounded
//   recording-writer   messages -> chunks -> file, with its index (summary) at the end; chunk-buffer: what is gathered; chunk-bytes: a chunk with
//                      its message indexes
//   byte-source        a file, read at any place within limits; abort: until the caller cancels it
//   scan               the whole records of a file as it lies; read-summary: its index; definitions: channels and schemas, bounded
//   chunk-place        the places of chunks; plain-run: of messages outside of chunks; recording-index: those of a file, by its summary or a scan; next-chunk: where the next one
//                      begins after damage; recording: the messages; messages-of: those of one chunk
//   join               the parts of one night as one recording
//   writer-mark        which process writes a recording; part-file: a file that grows by whole pieces; replacement: one
//                      that appears once it is whole; complete: after a crash
//   recorded-table     the addresses that the recorded workers described
//   states-before      the states and lists as they were at a time
//   timeline           when messages are due, pure; play: sends them then
export { chunkBytes, chunkMs, recordingLimits } from "./limits.ts";
export { RecordingError } from "./errors.ts";
export type { RecordingErrorCode } from "./errors.ts";
export type { AbortOptions } from "./abort.ts";
export { loadCodec } from "./codec.ts";
export { RecordingWriter } from "./recording-writer.ts";
export type { BytesWithin } from "./chunk-buffer.ts";
export type { ByteSink } from "./recording-writer.ts";
export type { Channel, Metadata, Schema } from "./records.ts";
export { messagesFrom, openRecording } from "./recording.ts";
export { joinRecordings } from "./join.ts";
export type { MessagesOptions, Recording } from "./recording.ts";
export type { RecordedMessage } from "./messages-of.ts";
export type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";
export { activeWriter, writerMark } from "./writer-mark.ts";
export { createPartFile } from "./part-file.ts";
export type { PartFile, PartFileOptions } from "./part-file.ts";
export { createReplacement, removeLeftovers } from "./replacement.ts";
export type { Replacement } from "./replacement.ts";
export { completeRecording } from "./complete.ts";
export type { CompleteOptions, Completion } from "./complete.ts";
export { recordedTable, tableMetadata } from "./recorded-table.ts";
export { statesBefore } from "./states-before.ts";
export type { StatesOptions } from "./states-before.ts";
export { createTimeline } from "./timeline.ts";
export type { Timeline } from "./timeline.ts";
export { play } from "./play.ts";
export type { PlayOptions } from "./play.ts";

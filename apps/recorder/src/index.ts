// Layout, in reading order:
//   main, config      the program and its settings
//   recorder          the worker; also completes what an earlier one could not
//   bus-recording     the whole bus into one file after the other, through faults of the disk (write-fault); bus-recording-options
//   part              one file; file-names: their names; carried: the states that each file begins with; clock
//   recorded-command   the commands among the log lines
//   split-packet      datagram -> the places of its messages; address-book: the address of a message, from its bytes
export { Recorder } from "./recorder.ts";
export { patternSchema, recorderConfig } from "./config.ts";
export type { RecorderConfig } from "./config.ts";
export { BusRecording } from "./bus-recording.ts";
export type { BusRecordingOptions, BusRecordingStats } from "./bus-recording-options.ts";
export { partNames, recordingName } from "./file-names.ts";

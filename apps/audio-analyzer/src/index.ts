// Layout, in reading order:
//   audio-worker      the worker: commands, stats, sequence of events
//   main              the program
//   config            settings; environment: what is read from it beside them; seed-config: imports the older system's settings once
//   source-control    keeps exactly one source open; source-watch, verdict, senders-text: judge its health; source-condition: in the words of
//                     get_state; describe-choice: which source plays, and why
//   errors            with codes
//   vj-capture        the process with the native module
//   capture/          the sources of sound, one interface (audio-source):
//     choose-source   auto: device-match, loopback-patterns, known-commands, probe-command
//     osc-source      another analyzer's messages; followed-sender: one of several; synesthesia-input: those of Synesthesia as ours
//     child-source    reads a process: reader-policy (pure), pcm-decoder; device-source, command-source
//     port-audio      the native module; list-devices asks vj-capture
//     port-audio-problem  why the module cannot be used, with the next step (pure); port-audio-facts examines the machine
//     player          plays our own sound: file-source (decode-file, recording), demo-source; analyze-file: without playing
//     decode/         files to samples: decode-bytes; identify (its format), tags; one reader per kind; pcm: codecs and damage
//   pipeline          samples to frames: stream-clock keeps them in step with the wall clock
//   analysis-out      what is sent: own frames as OSC (publish), or another analyzer's (relay; echo-guard);
//                     switches: what settings leave out; switched-states: states that are withdrawn then
//   tempo/            the tempo by hand and by other programs; kept over restarts (lock-over-restarts)
//   input-commands, benchmark-command: commands that need nothing else of the worker
//   latency-histogram, publish-lag, frame-rate, benchmark, frame-timer
export { AudioWorker } from "./audio-worker.ts";
export { SoundError } from "./errors.ts";
export type { SoundErrorCode } from "./errors.ts";
export { analyzeFile } from "./capture/analyze-file.ts";
export { decodeFile } from "./capture/decode-file.ts";
export type { MonoSound } from "./capture/decode-file.ts";
export type { DeviceInfo } from "./capture/device-info.ts";
export { isInstalled } from "./environment.ts";
export { knownCommands } from "./capture/known-commands.ts";
export { ListDevicesError, listDevices } from "./capture/list-devices.ts";
export type { AudioSource, SamplesListener, Senders, SourceKind, SourcePhase, SourceStatus } from "./capture/audio-source.ts";
export { chooseSource } from "./capture/choose-source.ts";
export type { Choice } from "./capture/choose-source.ts";
export { parseSourceSpec } from "./capture/source-spec.ts";
export type { SourceSpec } from "./capture/source-spec.ts";
export type { Verdict } from "./verdict.ts";

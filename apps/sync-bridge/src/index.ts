// Layout, in reading order:
//   main, config       the program and its settings
//   sync-bridge        the worker: starts the protocols that are switched on
//   tempo              a tempo as a value: which beat is when
//   rig-tempo/         the rig's tempo, from the telemetry of the analyzer
//   tempo-sources/     which protocol the rig follows
//   protocol-set       the protocols that run; figures: middle and deviation of a value over time
//   phase-error        how far another program's beats are from the rig's; combined-condition: the worst of several
//   protocols/         protocol: what each one gets and offers; index: their list; a folder for each
//   vj-midi            the process with the native MIDI module
export { SyncBridge } from "./sync-bridge.ts";
export { syncConfig } from "./config.ts";
export type { SyncConfig } from "./config.ts";

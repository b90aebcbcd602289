// Helpers for the tests of this repository. Imports no workspace package, so that it cannot cause an import cycle.
//
// Layout, in reading order:
//   capabilities     what this machine can do; tests that need more are skipped with the reason
//   wait-for, deferred, processor-time   waiting for a condition, for an event; the cost of a call
//   temp-dir, full-disk, wav   directories, a disk without room, sound files
//   spawn-process, kill-processes, compiled   programs as processes
//   properties       property tests with fixed seeds, exported as @vj/test-kit/properties
export * from "./capabilities.ts";
export * from "./compiled.ts";
export * from "./deferred.ts";
export * from "./full-disk.ts";
export * from "./kill-processes.ts";
export * from "./processor-time.ts";
export * from "./temp-dir.ts";
export * from "./wait-for.ts";
export * from "./spawn-process.ts";
export * from "./wav.ts";

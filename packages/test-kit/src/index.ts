// Helpers for the tests of this repository. Imports no workspace package, so that it cannot cause an import cycle.
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

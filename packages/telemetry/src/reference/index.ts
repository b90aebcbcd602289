// Address tables as Markdown, for documentation: @vj/telemetry/reference. Not part of what a worker loads.
export * from "./osc-reference.ts";
export * from "./contract-reference.ts";

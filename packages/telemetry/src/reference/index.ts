// Address tables as Markdown, for documentation: @vj/telemetry/reference. Workers do not load it.
export * from "./osc-reference.ts";
export * from "./contract-reference.ts";

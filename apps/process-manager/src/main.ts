import { runProgram } from "@vj/worker";
import { readOptions } from "./config.ts";
import { ProcessManager } from "./process-manager.ts";

void runProgram((context) => new ProcessManager(readOptions(), context), {
  manifest: new URL("../package.json", import.meta.url),
  options: {
    only: { value: "<workers>", help: "start only these, separated by commas" },
    project: { value: "<folder>", help: "a package whose direct dependencies may be workers; it is saved" },
  },
});

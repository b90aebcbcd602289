import { runWorker } from "@vj/worker";
import { readOptions } from "./config.ts";
import { ProcessManager } from "./process-manager.ts";

void runWorker(() => new ProcessManager(readOptions()));

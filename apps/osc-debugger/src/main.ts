import { runWorker } from "@vj/worker";
import { OscDebugger } from "./osc-debugger.ts";

void runWorker(() => new OscDebugger());

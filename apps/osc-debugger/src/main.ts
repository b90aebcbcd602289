import { runProgram } from "@vj/worker";
import { OscDebugger } from "./osc-debugger.ts";

void runProgram((context) => new OscDebugger(context), { manifest: new URL("../package.json", import.meta.url) });

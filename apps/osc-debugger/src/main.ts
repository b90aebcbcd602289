import { runProgram } from "@vj/worker";
import { OscDebugger } from "./osc-debugger.ts";

void runProgram(() => new OscDebugger(), { manifest: new URL("../package.json", import.meta.url) });

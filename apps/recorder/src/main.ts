import { runProgram } from "@vj/worker";
import { Recorder } from "./recorder.ts";

void runProgram((context) => new Recorder(context), { manifest: new URL("../package.json", import.meta.url) });

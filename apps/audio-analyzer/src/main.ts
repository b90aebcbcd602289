import { runProgram } from "@vj/worker";
import { AudioWorker } from "./audio-worker.ts";

void runProgram((context) => new AudioWorker(context), { manifest: new URL("../package.json", import.meta.url) });

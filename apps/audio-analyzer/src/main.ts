import { runProgram } from "@vj/worker";
import { AudioWorker } from "./audio-worker.ts";

void runProgram(() => new AudioWorker(), { manifest: new URL("../package.json", import.meta.url) });

import { runWorker } from "@vj/worker";
import { AudioWorker } from "./audio-worker.ts";

void runWorker(() => new AudioWorker());

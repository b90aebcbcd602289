import { runWorker } from "@vj/worker";
import { NowPlaying } from "./now-playing.ts";

void runWorker(() => new NowPlaying());

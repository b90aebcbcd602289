import { runWorker } from "@vj/worker";
import { LyricsFetcher } from "./lyrics-fetcher.ts";

void runWorker(() => new LyricsFetcher());

import { runProgram } from "@vj/worker";
import { LyricsFetcher } from "./lyrics-fetcher.ts";

void runProgram(() => new LyricsFetcher(), { manifest: new URL("../package.json", import.meta.url) });

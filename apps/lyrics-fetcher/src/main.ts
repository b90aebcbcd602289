import { runProgram } from "@vj/worker";
import { LyricsFetcher } from "./lyrics-fetcher.ts";

void runProgram((context) => new LyricsFetcher(context), { manifest: new URL("../package.json", import.meta.url) });

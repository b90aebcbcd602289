import { runProgram } from "@vj/worker";
import { NowPlaying } from "./now-playing.ts";

void runProgram(() => new NowPlaying(), { manifest: new URL("../package.json", import.meta.url) });

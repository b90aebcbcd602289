import { runProgram } from "@vj/worker";
import { NowPlaying } from "./now-playing.ts";

void runProgram((context) => new NowPlaying(context), { manifest: new URL("../package.json", import.meta.url) });

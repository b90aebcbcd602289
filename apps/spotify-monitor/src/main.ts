import { runProgram } from "@vj/worker";
import { SpotifyMonitor } from "./spotify-monitor.ts";

void runProgram((context) => new SpotifyMonitor(context), { manifest: new URL("../package.json", import.meta.url) });

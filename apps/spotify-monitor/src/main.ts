import { runProgram } from "@vj/worker";
import { SpotifyMonitor } from "./spotify-monitor.ts";

void runProgram(() => new SpotifyMonitor(), { manifest: new URL("../package.json", import.meta.url) });

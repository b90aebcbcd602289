import { runWorker } from "@vj/worker";
import { SpotifyMonitor } from "./spotify-monitor.ts";

void runWorker(() => new SpotifyMonitor());

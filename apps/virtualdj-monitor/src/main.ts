import { runWorker } from "@vj/worker";
import { VirtualdjMonitor } from "./virtualdj-monitor.ts";

void runWorker(() => new VirtualdjMonitor());

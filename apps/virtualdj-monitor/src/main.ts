import { runProgram } from "@vj/worker";
import { VirtualdjMonitor } from "./virtualdj-monitor.ts";

void runProgram(() => new VirtualdjMonitor(), { manifest: new URL("../package.json", import.meta.url) });

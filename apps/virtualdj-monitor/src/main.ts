import { runProgram } from "@vj/worker";
import { VirtualdjMonitor } from "./virtualdj-monitor.ts";

void runProgram((context) => new VirtualdjMonitor(context), { manifest: new URL("../package.json", import.meta.url) });

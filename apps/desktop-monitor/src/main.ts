import { runProgram } from "@vj/worker";
import { DesktopMonitor } from "./desktop-monitor.ts";

void runProgram((context) => new DesktopMonitor(context), { manifest: new URL("../package.json", import.meta.url) });

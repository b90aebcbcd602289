import { runProgram } from "@vj/worker";
import { SyncBridge } from "./sync-bridge.ts";

void runProgram((context) => new SyncBridge(context), { manifest: new URL("../package.json", import.meta.url) });

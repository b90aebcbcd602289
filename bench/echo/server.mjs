// The servers of control-round-trip, each in a separate process: `raw` echoes bytes, `bus` is ours, the others are rivals.
import { createServer } from "node:net";
import { serve } from "@vj/control";
import { report } from "../child-report.mjs";
import { echoNames, echoOf } from "./rivals.mjs";

const [, , kind, path = ""] = process.argv;
const rival = echoNames.find((name) => name === kind);
if (rival !== undefined) await echoOf(rival)?.serve(path);
else if (kind === "raw") {
  await new Promise((/** @type {(value: void) => void} */ resolve) => createServer((socket) => socket.pipe(socket)).listen(path, resolve));
} else {
  await serve({
    path,
    onCommand: ({ cmd }) => ({
      type: "response",
      data: { status: "running", pid: process.pid, cmd, config: { enable_bpm: true, enable_spectrum: false, smoothing: 0.3 } },
    }),
  });
}
report("ready");

// `node scripts/sync/qlcplus-beats.mjs [beats]`: a whole rig with the demo track drives QLC+ (Debian: qlcplus) by OS2L; counts the beats that
// QLC+ says it got, and compares them with what was sent. QLC+ has no screen here: its debugging output tells. Build first.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readNames, refuse } from "../command-line.mjs";
import { beginWork } from "../long-work.mjs";
import { startRig } from "./own-rig.mjs";

const [wantedText = "1000", ...more] = readNames("Usage: node scripts/sync/qlcplus-beats.mjs [beats]\n\nCounts the beats that QLC+ gets from a whole rig; default 1000.");
const wanted = Number(wantedText);
if (!(wanted > 0) || more.length > 0) refuse(`${wantedText} is not a number of beats`);
const progress = beginWork();
progress.show(0, "the rig starts");
const rig = await startRig({ os2l: "send", os2l_send_to: ["127.0.0.1:9996"], os2l_find: "off" });
const workspace = path.join(import.meta.dirname, "qlcplus.qxw");
const qlc = spawn("qlcplus", ["-d", "0", "-o", workspace], { env: { ...process.env, HOME: rig.dir, XDG_RUNTIME_DIR: rig.dir, QT_QPA_PLATFORM: "offscreen" }, stdio: ["ignore", "pipe", "pipe"] });
let beats = 0;
let packets = 0;
for (const stream of [qlc.stdout, qlc.stderr]) {
  createInterface({ input: stream }).on("line", (line) => {
    if (line.includes("Got beat message")) beats += 1;
    // The end of a connection counts as a packet of no bytes.
    else if (line.includes("[TCP] Received") && !line.includes("Received 0 bytes")) packets += 1;
  });
}
qlc.on("error", (error) => console.error(`qlcplus cannot be started: ${error.message}; apt-get install qlcplus`));
try {
  while (beats < wanted && qlc.exitCode === null && qlc.pid !== undefined) {
    progress.show(beats / wanted, `${beats} of ${wanted} beats`);
    await delay(500);
  }
  progress.end();
  const { lights } = await rig.state("os2l");
  await delay(200);
  console.log(`QLC+ got ${beats} beats in ${packets} packets; sent: ${JSON.stringify(lights)}`);
} finally {
  qlc.kill("SIGTERM");
  await rig.stop();
}

// `node scripts/screen-pictures/record.mjs`: plays a minute of a show with a real rig and records it into `show/`: the OSC and the log by
// `vj record`, and what the processes of the bus say (states, heartbeats, descriptions, who comes and goes). Needs a build. Takes 75 s.
import { once } from "node:events";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { openRig } from "@vj/rig";
import { managerName } from "@vj/schema";
import { endRigAfterUs } from "../after-us.mjs";
import { readNames } from "../command-line.mjs";
import { beginWork } from "../long-work.mjs";
import { openReceiver, prepareStage, startVj, vj, vjProgram } from "./stage.mjs";

readNames("Usage: node scripts/screen-pictures/record.mjs\n\nRecords scripts/screen-pictures/show anew with a real rig. Then draw the pictures: pnpm screens", []);

/** When the worker of the lyrics is killed, milliseconds after the start: three times, so that the manager waits before it tries again. */
const killAt = [19_000, 20_500, 22_500];
/** The demo track drops after 52.5 s; the refrain that follows is still seen. */
const showMs = 66_000;
const victim = "lyrics_fetcher";
/** Streams that the pictures can do without, for the size of the recording. */
const leftOut = ["/audio/osc", "/audio/smooth"];

const progress = beginWork();
const stage = prepareStage();
const isEnded = endRigAfterUs(stage.root, vjProgram);
const receivers = [await openReceiver(), await openReceiver()];
/** @type {{ at: number }[]} */
const events = [];
const bus = openRig({ busDir: stage.busDir });
bus.on("change", (_state, event) => events.push({ at: Date.now(), ...event }));

/** Answers of the manager that the screen asks for, too. */
async function askTargets() {
  if (bus.state.workers[managerName]?.link !== "connected") return;
  const { success, data } = await bus.send(managerName, "get_targets");
  if (success) events.push({ at: Date.now(), ...{ type: "targets", data } });
}

/** Kills it as soon as it is there: a manager that is busy takes longer to bring it back. */
async function killVictim() {
  for (;;) {
    const { link, state } = bus.state.workers[victim] ?? {};
    if (link === "connected" && state !== undefined) return process.kill(state.pid, "SIGKILL");
    await delay(50);
  }
}

try {
  for (const setting of stage.settings) await vj(stage.env, ["config", "set", ...setting]);
  await vj(stage.env, ["target", "add", "resolume", `port=${receivers[0]?.port}`]);
  await vj(stage.env, ["target", "add", "led_wall", `port=${receivers[1]?.port}`, 'only=["/audio/*"]', "safe=true"]);
  // Its port is that of others on this machine, too.
  await vj(stage.env, ["target", "remove", "default"]);
  const recorder = startVj(stage.env, ["record", stage.recording, "--leave-out", ...leftOut]);
  await delay(1500);
  const begun = performance.now();
  const until = async (/** @type {number} */ ms) => delay(Math.max(0, begun + ms - performance.now()));
  await vj(stage.env, ["up"]);
  stage.playSong();
  const asking = setInterval(() => void askTargets().catch(() => {}), 2000);
  const shown = setInterval(() => progress.show((performance.now() - begun) / showMs, "the show plays"), 500);
  for (const at of killAt) {
    await until(at);
    await killVictim();
  }
  await until(showMs);
  clearInterval(asking);
  clearInterval(shown);
  recorder.kill("SIGINT");
  await once(recorder, "exit");
} finally {
  progress.end();
  await bus.close();
  await vj(stage.env, ["down"]);
  for (const receiver of receivers) receiver.close();
}

const root = path.resolve(import.meta.dirname, "../..");
const said = events.map((event) => JSON.stringify(event)).join("\n")
  .replaceAll(stage.root, "/tmp/show").replaceAll(root, "/opt/vj-bus").replaceAll(process.execPath, "/usr/bin/node");
const personal = [hostname(), userInfo().username].filter((name) => name.length > 4 && said.includes(name));
if (personal.length > 0) throw new Error(`the recording names ${personal.join(", ")}: nothing was kept`);
const folder = path.join(import.meta.dirname, "show");
copyFileSync(stage.recording, path.join(folder, "osc.mcap"));
writeFileSync(path.join(folder, "bus.ndjson.gz"), gzipSync(`${said}\n`, { level: 9 }));
rmSync(stage.root, { recursive: true });
isEnded();

// `node scripts/sync/midi-jitter.mjs [seconds]`: how even the MIDI clock is while a whole rig runs. The clock goes to a port that writes
// down when each message came, in place of a real one. Build first.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readNames, refuse } from "../command-line.mjs";
import { beginWork } from "../long-work.mjs";
import { startRig } from "./own-rig.mjs";

const [secondsText = "60", ...more] = readNames("Usage: node scripts/sync/midi-jitter.mjs [seconds]\n\nPrints how even the MIDI clock of a whole rig is; default 60 s.");
const seconds = Number(secondsText);
if (!(seconds > 0) || more.length > 0) refuse(`${secondsText} is not a number of seconds`);
const library = path.join(import.meta.dirname, "../../apps/sync-bridge/test/fixtures/fake-midi.mjs");
const logName = "midi.log";
const progress = beginWork();
progress.show(0, "the rig starts");
const rig = await startRig({ midi: "send" }, (place) => ({ VJ_MIDI_LIBRARY: library, FAKE_MIDI_LOG: place(logName) }));
try {
  for (let done = 0; done < seconds; done += 1) {
    progress.show(done / seconds, "the rig plays");
    await delay(Math.min(1, seconds - done) * 1000);
  }
  progress.end();
  const state = await rig.state("midi");
  const clocks = readFileSync(path.join(rig.dir, logName), "utf8").split("\n").filter((line) => line.endsWith(" 248")).map((line) => Number(line.split(" ")[0]));
  // The first seconds are those of a rig that starts.
  const settled = clocks.slice(24 * 10);
  const intervals = settled.slice(1).map((us, index) => (us - (settled[index] ?? us)) / 1000);
  // A slow change of the tempo is not jitter: each interval is compared with the mean of the 24 around it.
  const jitter = intervals.slice(12, -12).map((ms, index) => Math.abs(ms - intervals.slice(index, index + 25).reduce((sum, one) => sum + one, 0) / 25)).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => (jitter[Math.floor(share * jitter.length)] ?? Number.NaN).toFixed(3);
  console.log(`${intervals.length} intervals: jitter p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(0.999999)} ms; by its own figures p99 ${state["sent_jitter_ms_p99"]} ms, ${state["clocks_sent"]} clocks`);
} finally {
  await rig.stop();
}

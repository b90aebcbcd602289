import { levelBands } from "../../packages/audio/dist/index.js";
import { chart } from "./chart.mjs";
import { wholeDemo } from "./music.mjs";
import { claim, LEVEL_NAMES, meanOf, trace, within } from "./trace.mjs";

const kHz = (hz) => (hz < 1000 ? hz : `${hz / 1000}k`);
const notes = [...levelBands.map(({ lowHz, highHz }) => `${kHz(lowHz)}–${kHz(highHz)} Hz`), "all of it"];

export function levels() {
  const track = wholeDemo();
  const signals = trace(track);
  const mean = (name, i) => meanOf(within(signals, name, [track.sections[i].from, track.sections[i].to]));
  claim(mean("sub_bass", 2) < 0.1 && mean("sub_bass", 4) > 0.3, "the bass is gone in the breakdown and back in the drop");
  return chart({
    ...track,
    title: "/audio/levels: seven bands and the whole",
    music: "demo track, 128 BPM, auto gain on",
    from: 0,
    to: track.seconds,
    marks: [track.drop],
    markName: "true drop",
    panels: LEVEL_NAMES.map((label, i) => ({
      label,
      note: notes[i],
      height: 38,
      low: 0,
      high: 1,
      ticks: [0, 1],
      layers: [{ kind: "area", colour: label === "rms" ? "orange" : "blue", times: signals.time, values: signals[label] }],
    })),
  });
}

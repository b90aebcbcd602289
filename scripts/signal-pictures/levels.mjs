import { levelBands } from "@vj/audio";
import { chart } from "./chart.mjs";
import { wholeDemo } from "./music.mjs";
import { claim, levelNames, meanOf, trace, within } from "./trace.mjs";

const kHz = (/** @type {number} */ hz) => (hz < 1000 ? hz : `${hz / 1000}k`);
const notes = [...levelBands.map(({ lowHz, highHz }) => `${kHz(lowHz)}–${kHz(highHz)} Hz`), "all of it"];

export function levels() {
  const track = wholeDemo();
  const signals = trace(track);
  /** @param {string} name @param {string} section */
  const mean = (name, section) => {
    const { from, to } = track.section(section);
    return meanOf(within(signals, name, [from, to]));
  };
  claim(mean("sub_bass", "breakdown") < 0.1 && mean("sub_bass", "drop") > 0.3, "the bass is gone in the breakdown and back in the drop");
  return chart({
    ...track,
    title: "/audio/levels: seven bands and the whole",
    music: "demo track, 128 BPM, auto gain on",
    from: 0,
    to: track.seconds,
    marks: [track.drop],
    markName: "true drop",
    panels: levelNames.map((label, i) => ({
      label,
      note: notes[i],
      height: 38,
      low: 0,
      high: 1,
      ticks: [0, 1],
      layers: [{ kind: "area", colour: label === "rms" ? "orange" : "blue", times: signals.time, values: signals.of(label) }],
    })),
  });
}

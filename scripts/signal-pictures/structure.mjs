import { chart } from "./chart.mjs";
import { wholeDemo } from "./music.mjs";
import { claim, risesOf, trace } from "./trace.mjs";

export function structure() {
  const track = wholeDemo();
  const signals = trace(track);
  const times = signals.time;
  const drops = risesOf(times, signals.of("drop"));
  claim(drops.length === 1 && drops.every((t) => t > track.drop && t < track.drop + 0.1), "the drop is reported within 0.1 s");
  /** @type {(label: string, note: string, colour: import("./chart.mjs").Colour) => import("./chart.mjs").Panel} */
  const flag = (label, note, colour) => ({
    label,
    note,
    height: 36,
    low: 0,
    high: 1,
    ticks: [0, 1],
    layers: [{ kind: "area", colour, times, values: signals.of(label) }],
  });
  return chart({
    ...track,
    title: "/audio/structure: build-up, drop, trend",
    music: "demo track, 128 BPM",
    from: 0,
    to: track.seconds,
    marks: [track.drop],
    markName: "true drop",
    panels: [
      flag("buildup", "0 or 1", "blue"),
      flag("drop", "0 or 1", "orange"),
      {
        label: "trend",
        note: "of the loudness",
        height: 80,
        low: -1,
        high: 1,
        ticks: [-1, 0, 1],
        layers: [{ kind: "line", colour: "green", times, values: signals.of("trend") }],
      },
    ],
  });
}

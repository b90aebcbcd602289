import { chart } from "./chart.mjs";
import { demo, gained, joined, piece, RATE, rmsDb } from "./music.mjs";
import { claim, trace, within } from "./trace.mjs";

const parts = [
  { name: "40 dB too quiet", db: -40, seconds: 30 },
  { name: "as mixed", db: 0, seconds: 15 },
  { name: "20 dB too quiet", db: -20, seconds: 25 },
];

export function autoGain() {
  const groove = demo({ fromBar: 4, seconds: 15 });
  const loop = (/** @type {number} */ seconds) => joined(groove, groove).subarray(0, seconds * RATE);
  const music = piece(joined(...parts.map(({ db, seconds }) => gained(loop(seconds), db))));
  const on = trace(music);
  const off = trace(music, { autoGain: false });
  /** @param {import("./trace.mjs").Signals} signals @param {import("./trace.mjs").Span} span */
  const most = (signals, span) => Math.max(...within(signals, "rms", span));
  claim(most(on, [0, 1]) < 0.3 && most(on, [20, 30]) > 0.8, "a quiet start grows to full height");
  claim(most(on, [46, 50]) < 0.35 && most(on, [65, 70]) > 0.5, "a fader pulled down by 20 dB is made up for slowly");
  let at = 0;
  const sections = parts.map(({ name, seconds }) => ({ name, from: at, to: (at += seconds) }));
  const times = on.time;
  /** @type {(label: string, height: number, name: string) => import("./chart.mjs").Panel} */
  const level = (label, height, name) => ({
    label,
    height,
    low: 0,
    high: 1,
    ticks: [0, 0.5, 1],
    layers: [
      { kind: "area", colour: "blue", name: "auto gain on", times, values: on.of(name) },
      { kind: "line", crest: true, colour: "orange", name: "off (meter)", times, values: off.of(name) },
    ],
  });
  return chart({
    ...music,
    title: "What auto gain does",
    music: "loop of the demo track at three positions of the fader",
    from: 0,
    to: at,
    sections,
    marks: sections.slice(1).map((part) => part.from),
    panels: [
      {
        label: "loudness",
        note: "dBFS",
        height: 60,
        low: -72,
        high: 6,
        ticks: [-60, -40, -20, 0],
        layers: [{ kind: "area", colour: "green", times, values: rmsDb(music.samples, times.length).map((db) => Math.max(-72, db)) }],
      },
      level("rms", 70, "rms"),
      level("bass", 70, "bass"),
      level("air", 70, "air"),
    ],
  });
}

import { chart } from "./chart.mjs";
import { demo, joined, piece, silenceFor } from "./music.mjs";
import { claim, trace, within } from "./trace.mjs";

const parts = [{ bpm: 128, seconds: 20 }, { bpm: 100, seconds: 22 }, { bpm: 0, seconds: 8 }, { bpm: 140, seconds: 20 }];

export function tempo() {
  const music = piece(joined(...parts.map(({ bpm, seconds }) => (bpm > 0 ? demo({ bpm, fromBar: 28, seconds }) : silenceFor(seconds)))));
  const signals = trace(music);
  const times = signals.time;
  let at = 0;
  const sections = parts.map(({ bpm, seconds }) => ({ bpm, name: bpm > 0 ? `${bpm} BPM` : "silence", from: at, to: (at += seconds) }));
  for (const { bpm, to } of sections) {
    const [shown = Number.NaN] = within(signals, "bpm", [to - 0.5, to]);
    claim(Math.abs(shown - bpm) <= 0.04 * bpm, `${bpm} BPM is found: the output is ${shown}`);
  }
  const truth = {
    times: sections.flatMap(({ from, to }) => [from, to]),
    values: sections.flatMap(({ bpm }) => [bpm, bpm]),
    gapAt: 0,
  };
  return chart({
    ...music,
    title: "/audio/bpm: tempo and its confidence",
    music: "demo track as a record at three speeds, cut without a pause, and silence",
    known: "true tempo",
    from: 0,
    to: at,
    sections,
    marks: sections.slice(1).map((part) => part.from),
    panels: [
      {
        label: "tempo",
        note: "BPM, 0 is unknown",
        height: 130,
        low: 0,
        high: 190,
        ticks: [0, 60, 100, 140, 180],
        known: truth,
        layers: [{ kind: "steps", colour: "blue", times, values: signals.of("bpm") }],
      },
      {
        label: "confidence",
        note: "0–1",
        height: 80,
        low: 0,
        high: 1,
        ticks: [0, 0.5, 1],
        layers: [{ kind: "area", colour: "green", times, values: signals.of("bpmConfidence") }],
      },
      {
        label: "beat",
        note: "goes out",
        height: 34,
        low: 0,
        high: 1,
        ticks: [],
        layers: [{ kind: "ticks", colour: "orange", times, values: signals.of("beat") }],
      },
    ],
  });
}

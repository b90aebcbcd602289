import { chart } from "./chart.mjs";
import { demo, faded, joined, mixed, piece, RATE, rmsDb, silenceFor, whiteNoise } from "./music.mjs";
import { claim, risesOf, trace } from "./trace.mjs";

export function silence() {
  const groove = demo({ fromBar: 28, seconds: 3 });
  const hiss = whiteNoise(10 ** (-88 / 20), 9.3);
  const dry = joined(groove, silenceFor(0.3), faded(groove.subarray(0, 2.2 * RATE)), silenceFor(2), groove.subarray(0, 1.8 * RATE));
  const music = piece(mixed(dry, hiss));
  const signals = trace(music);
  const times = signals.time;
  const sections = [
    { name: "music", from: 0, to: 3 },
    { name: "rest", from: 3, to: 3.3 },
    { name: "music", from: 3.3, to: 5.5 },
    { name: "only hiss", from: 5.5, to: 7.5 },
    { name: "music", from: 7.5, to: 9.3 },
  ];
  const begins = risesOf(times, signals.of("silence")).filter((t) => t > 1);
  claim(begins.length === 1 && begins.every((t) => Math.abs(t - 6.05) < 0.05), "silence begins half a second after the music");
  claim(Math.max(...signals.of("rms").slice(390, 440)) === 0, "levels are 0 in silence");
  return chart({
    ...music,
    title: "/audio/silence: no sound",
    music: "demo track with a short rest and a long one, over the hiss of an input",
    from: 0,
    to: 9.3,
    sections,
    guideName: "silenceDb",
    panels: [
      {
        label: "loudness",
        note: "dBFS",
        height: 90,
        low: -120,
        high: 6,
        ticks: [-120, -80, -40, 0],
        guides: [-80],
        layers: [{ kind: "area", colour: "green", times, values: rmsDb(music.samples, times.length) }],
      },
      { label: "silent", note: "0 or 1", height: 40, low: 0, high: 1, ticks: [0, 1], layers: [{ kind: "area", colour: "orange", times, values: signals.of("silence") }] },
      { label: "rms", note: "level", height: 60, low: 0, high: 1, ticks: [0, 1], layers: [{ kind: "area", colour: "blue", times, values: signals.of("rms") }] },
    ],
  });
}

import { chart } from "./chart.mjs";
import { demo, gained, joined, mixed, piece, tone, vowel, whiteNoise } from "./music.mjs";
import { claim, trace, within } from "./trace.mjs";

const SECONDS = 4;
/** Five notes, with the vibrato of a singer after the first 0.25 s of each. */
const MELODY = [220, 261.63, 329.63, 293.66, 246.94];
/** @param {number} t */
const sung = (t) => {
  const place = (t / SECONDS) * MELODY.length;
  const note = MELODY[Math.min(MELODY.length - 1, Math.floor(place))] ?? Number.NaN;
  const since = ((place % 1) * SECONDS) / MELODY.length;
  return note * 2 ** ((Math.min(1, since / 0.25) * 0.35 * Math.sin(2 * Math.PI * 5.5 * t)) / 12);
};
const glide = (/** @type {number} */ t) => 45 * 2 ** ((1.6 * t) / SECONDS);
const saw = (/** @type {number} */ _, /** @type {number} */ n) => 0.35 / n;

const parts = [
  { name: "bass glide", hzAt: glide, samples: () => tone(glide, saw, SECONDS) },
  { name: "voice", hzAt: sung, samples: () => tone(sung, vowel, SECONDS) },
  { name: "voice over drums", hzAt: sung, samples: () => mixed(tone(sung, vowel, SECONDS), gained(demo({ seconds: SECONDS }), -6)) },
  { name: "drums", hzAt: () => 0, samples: () => demo({ seconds: SECONDS }) },
  { name: "noise", hzAt: () => 0, samples: () => whiteNoise(0.4, SECONDS) },
];

export function pitch() {
  const music = piece(joined(...parts.map((part) => part.samples())));
  const signals = trace(music);
  const times = signals.time;
  const sections = parts.map(({ name }, i) => ({ name, from: i * SECONDS, to: (i + 1) * SECONDS }));
  const truth = times.map((time) => parts[Math.floor(time / SECONDS)]?.hzAt(time % SECONDS) ?? 0);
  claim(within(signals, "pitchHz", [4 * SECONDS + 0.3, 5 * SECONDS]).every((hz) => hz === 0), "noise has no pitch");
  return chart({
    ...music,
    title: "/audio/pitch: the tone and its confidence",
    music: "sounds made for this picture, 4 s each",
    known: "true tone",
    guideName: "gate: pitchMinConfidence",
    from: 0,
    to: parts.length * SECONDS,
    sections,
    panels: [
      {
        label: "frequency",
        note: "Hz; no line: 0",
        height: 190,
        low: 40,
        high: 2000,
        log: true,
        ticks: [50, 100, 200, 400, 800, 1600],
        known: { times, values: truth, gapAt: 0 },
        layers: [{ kind: "line", colour: "blue", times, values: signals.of("pitchHz"), gapAt: 0 }],
      },
      {
        label: "confidence",
        note: "0–1",
        height: 80,
        low: 0,
        high: 1,
        ticks: [0, 1],
        guides: [0.6],
        layers: [{ kind: "area", colour: "green", times, values: signals.of("pitchConfidence") }],
      },
    ],
  });
}

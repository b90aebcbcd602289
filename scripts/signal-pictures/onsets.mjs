import { chart } from "./chart.mjs";
import { piece, wholeDemo } from "./music.mjs";
import { claim, risesOf, trace } from "./trace.mjs";

export function onsets() {
  const track = wholeDemo();
  const signals = trace(track);
  const { beats, barSeconds } = track;
  const beatSeconds = barSeconds / 4;
  const from = 6 * barSeconds - 0.06;
  const to = from + 3.78;
  const times = signals.time;
  const sixteenths = beats.flatMap((beat) => [0, 1, 2, 3].map((k) => beat + (k * beatSeconds) / 4));
  /** @param {string} name @param {readonly number[]} truth */
  const reported = (name, truth) => {
    const hits = risesOf(times, signals.of(name));
    return truth.filter((t) => t > from && t < to - 0.06).every((t) => hits.some((hit) => hit > t - 0.01 && hit < t + 0.06));
  };
  const snares = beats.filter((_, i) => i % 2 === 1);
  claim(reported("kick", beats) && reported("snare", snares), "every bass drum and snare is reported");
  /** @type {(label: string, note: string, colour: import("./chart.mjs").Colour, truth: readonly number[]) => import("./chart.mjs").Panel} */
  const row = (label, note, colour, truth) => ({
    label,
    note,
    height: 52,
    low: 0,
    high: 1,
    ticks: [0, 1],
    truth,
    layers: [{ kind: "stems", colour, times, values: signals.of(label) }],
  });
  return chart({
    ...piece(track.samples),
    title: "/audio/onset and flux: sounds that have just begun",
    music: "demo track, groove, two bars",
    truth: "true start of the sound",
    from,
    to,
    panels: [
      row("kick", "bass drum", "orange", beats),
      row("snare", "snare or clap", "blue", snares),
      row("hat", "hi-hat", "green", sixteenths),
      row("onset", "of any kind", "purple", sixteenths),
      {
        ...row("flux", "in /audio/beat", "purple", sixteenths),
        layers: [{ kind: "area", colour: "purple", times, values: signals.of("flux") }],
      },
    ],
  });
}

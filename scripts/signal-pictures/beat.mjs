import { chart } from "./chart.mjs";
import { piece, wholeDemo } from "./music.mjs";
import { claim, risesOf, trace } from "./trace.mjs";

export function beat() {
  const track = wholeDemo();
  const signals = trace(track);
  const early = trace(track, { beatOffsetMs: 150 });
  const { beats, drop } = track;
  const from = drop - 2;
  const to = drop + 6;
  const times = signals.time;
  const sent = risesOf(times, signals.of("beat")).filter((t) => t > from && t < to);
  claim(sent.every((t) => beats.some((true_) => Math.abs(t - true_) < 0.04)), "beats are on time");
  const firsts = beats.filter((time, i) => i % 4 === 0 && time > drop + 0.1 && time < to);
  claim(firsts.every((time) => signals.of("beatInBar")[times.findIndex((t) => t > time + 0.1)] === 1), "the bar begins with the drop");
  /** @type {(label: string, note: string, high: number, layers: import("./chart.mjs").Panel["layers"]) => import("./chart.mjs").Panel} */
  const row = (label, note, high, layers) => ({ label, note, height: 54, low: 0, high, ticks: [0, high], truth: beats, layers });
  const bars = beats.filter((_, i) => i % 4 === 0);
  return chart({
    ...piece(track.samples),
    title: "/audio/beat and /audio/phase: the position in the bar",
    music: "demo track, from the end of the build-up into the drop",
    truth: "true beats",
    markName: "true first beat of a bar",
    marks: bars,
    from,
    to,
    panels: [
      row("beat", "1 for one frame", 1, [{ kind: "stems", colour: "orange", times, values: signals.of("beat") }]),
      row("beat, early", "beatOffsetMs 150", 1, [{ kind: "stems", colour: "orange", times, values: early.of("beat") }]),
      row("beat_phase", "0–1 in the beat", 1, [{ kind: "line", colour: "blue", times, values: signals.of("phase") }]),
      row("bar_phase", "0–1 in the bar", 1, [{ kind: "line", colour: "green", times, values: signals.of("barPhase") }]),
      { ...row("beat_in_bar", "1–4", 4, [{ kind: "steps", colour: "purple", times, values: signals.of("beatInBar") }]), low: 0.5, high: 4.5, ticks: [1, 2, 3, 4] },
    ],
  });
}

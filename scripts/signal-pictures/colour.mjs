import { chart } from "./chart.mjs";
import { wholeDemo } from "./music.mjs";
import { claim, meanOf, trace, within } from "./trace.mjs";

export function colour() {
  const track = wholeDemo();
  const signals = trace(track);
  const times = signals.time;
  const [breakdown, buildup] = [track.section("breakdown"), track.section("build-up")];
  for (const name of ["brightness", "noisiness"]) {
    const calm = meanOf(within(signals, name, [breakdown.from + 1, breakdown.to]));
    claim(meanOf(within(signals, name, [buildup.to - 5, buildup.to - 1])) > calm + 0.2, `${name} is higher in the noise of the build-up`);
  }
  /** @type {(label: string, note: string, layers: import("./chart.mjs").Panel["layers"]) => import("./chart.mjs").Panel} */
  const row = (label, note, layers) => ({ label, note, height: 76, low: 0, high: 1, ticks: [0, 0.5, 1], layers });
  return chart({
    ...track,
    title: "/audio/energy and the colour of the sound",
    music: "demo track, 128 BPM",
    from: 0,
    to: track.seconds,
    marks: [track.drop],
    markName: "true drop",
    panels: [
      row("energy", "0–1", [
        { kind: "area", colour: "blue", name: "fast", times, values: signals.of("energyFast") },
        { kind: "line", colour: "orange", name: "slow", times, values: signals.of("energySlow") },
      ]),
      row("brightness", "0 dark, 1 bright", [{ kind: "line", colour: "green", times, values: signals.of("brightness") }]),
      row("noisiness", "0 tone, 1 noise", [{ kind: "line", colour: "purple", times, values: signals.of("noisiness") }]),
    ],
  });
}

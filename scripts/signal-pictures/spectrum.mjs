import { chart } from "./chart.mjs";
import { piece, wholeDemo } from "./music.mjs";
import { trace } from "./trace.mjs";

export function spectrum() {
  const track = wholeDemo();
  const signals = trace(track, { enableSpectrum: true });
  const rows = Array.from({ length: 32 }, (_, i) => signals.of(`bin_${i}`));
  const binOf = (/** @type {number} */ hz) => (32 * Math.log(hz / 20)) / Math.log(1000);
  const ticks = [20, 100, 1000, 10_000];
  return chart({
    ...piece(track.samples),
    sections: track.sections,
    title: "/audio/spectrum: 32 logarithmic bins",
    music: "demo track, from the end of the build-up into the drop",
    from: track.drop - 2.5,
    to: track.drop + 2.5,
    marks: [track.drop],
    markName: "true drop",
    truth: "true beats",
    panels: [
      {
        label: "bin_0 … bin_31",
        note: "20 Hz – 20 kHz",
        height: 224,
        low: 0,
        high: 32,
        check: { low: 0, high: 1 },
        ticks: ticks.map(binOf),
        tickNames: Object.fromEntries(ticks.map((hz) => [binOf(hz), hz < 1000 ? hz : `${hz / 1000}k`])),
        truth: track.beats,
        layers: [{ kind: "field", colour: "blue", times: signals.time, rows }],
      },
    ],
  });
}

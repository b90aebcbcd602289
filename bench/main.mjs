// `pnpm bench [name…]`: each figure beside the limit or rival that it is to be held against, in one run.
import { readNames } from "../scripts/command-line.mjs";

const benches = {
  control: async () => (await import("./control-round-trip.mjs")).controlRoundTrip(),
  encode: async () => (await import("./osc-encode.mjs")).oscEncode(),
  analyzer: async () => (await import("./analyzer-cost.mjs")).analyzerCost(),
  restart: async () => (await import("./restart.mjs")).restart(),
  latency: async () => (await import("./hop-latency.mjs")).hopLatency(),
  click: async () => (await import("./click-latency.mjs")).clickLatency(),
};
const wanted = readNames("Usage: pnpm bench [name...]\n\nMeasures each figure beside its limit or rival; without names, all of them.", Object.keys(benches));
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}

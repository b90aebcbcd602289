// `pnpm bench [name…]`: each figure beside the limit or rival that it is to be held against, in one run.
const benches = {
  control: async () => (await import("./control-round-trip.mjs")).controlRoundTrip(),
  encode: async () => (await import("./osc-encode.mjs")).oscEncode(),
  analyzer: async () => (await import("./analyzer-cost.mjs")).analyzerCost(),
  restart: async () => (await import("./restart.mjs")).restart(),
  latency: async () => (await import("./hop-latency.mjs")).hopLatency(),
  click: async () => (await import("./click-latency.mjs")).clickLatency(),
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(", ")}; there are: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}

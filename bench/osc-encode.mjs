// Cost of encoding one message from the address table, beside osc-min called by hand.
import { toBuffer } from "osc-min";
import { audioOsc } from "@vj/schema";
import { encode } from "@vj/telemetry";
import { median, table, us } from "./report.mjs";

const rounds = 7;
const perRound = 5000;

export function oscEncode() {
  const rows = ["/audio/levels", "/audio/spectrum", "/audio/beat"].map((address) => {
    const entry = audioOsc[address];
    const values = entry.args.map((_, i) => (entry.args[i].tag === "i" ? 1 : (i + 0.5) / 40));
    const typed = values.map((value, i) => ({ type: entry.args[i].tag === "i" ? "integer" : "float", value }));
    const ours = () => encode(address, entry, values);
    const byHand = () => toBuffer({ address, args: typed });
    const time = (call) => {
      const before = performance.now();
      for (let i = 0; i < perRound; i++) call();
      return ((performance.now() - before) * 1000) / perRound;
    };
    time(ours);
    time(byHand);
    const pairs = Array.from({ length: rounds }, () => [time(ours), time(byHand)]);
    return [
      address,
      us(median(pairs.map(([a]) => a))),
      us(median(pairs.map(([, b]) => b))),
      median(pairs.map(([a, b]) => a / b)).toFixed(2),
    ];
  });
  table("OSC encode, per message", ["", "from the table", "osc-min by hand", "ratio"], rows);
}

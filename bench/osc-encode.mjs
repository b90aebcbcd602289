// Cost of encoding one message from the address table, beside osc-min called by hand.
import { toBuffer } from "osc-min";
import { audioOsc } from "@vj/schema";
import { encode } from "@vj/telemetry";
import { median, ratio, us } from "../scripts/report.mjs";
import { runs } from "./session.mjs";

const rounds = runs(7, 1);
const perRound = runs(5000, 100);

/** @returns {import("../scripts/report.mjs").Table} */
export function oscEncode() {
  const addresses = /** @type {const} */ (["/audio/levels", "/audio/spectrum", "/audio/beat"]);
  const rows = addresses.map((address) => {
    /** @type {import("@vj/schema").OscAddress} */
    const entry = audioOsc[address];
    const values = entry.args.map(({ tag }, i) => (tag === "i" ? 1 : (i + 0.5) / 40));
    /** @type {{ type: "integer" | "float", value: number }[]} */
    const typed = entry.args.map(({ tag }, i) => ({ type: tag === "i" ? "integer" : "float", value: values[i] ?? 0 }));
    const ours = () => encode(address, entry, values);
    const byHand = () => toBuffer({ address, args: typed });
    /** @param {() => unknown} call */
    const time = (call) => {
      const before = performance.now();
      for (let i = 0; i < perRound; i++) call();
      return ((performance.now() - before) * 1000) / perRound;
    };
    time(ours);
    time(byHand);
    const pairs = Array.from({ length: rounds }, () => ({ ours: time(ours), byHand: time(byHand) }));
    return [
      address,
      us(median(pairs.map((pair) => pair.ours))),
      us(median(pairs.map((pair) => pair.byHand))),
      ratio(median(pairs.map((pair) => pair.ours / pair.byHand))),
      us(median(pairs.map((pair) => pair.ours - pair.byHand))),
    ];
  });
  return { title: "OSC encode, per message", head: ["", "from the table", "osc-min by hand", "÷ by hand", "− by hand"], rows };
}

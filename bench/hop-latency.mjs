// Time from the last sample of a hop to the last of its datagrams in another process. Both use the system's monotonic
// clock.
import { fork } from "node:child_process";
import { once } from "node:events";
import { createReceiver } from "@vj/telemetry";
import { ms, quantile } from "../scripts/report.mjs";
import { runs } from "./session.mjs";

const seconds = runs(15, 4);

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function hopLatency() {
  /** @type {number[]} */
  const latencies = [];
  const receiver = await createReceiver();
  receiver.on("message", (message) => {
    if (message.address !== "/bench/hop") return;
    const [sec, nsec] = message.args;
    if (typeof sec !== "number" || typeof nsec !== "number") throw new Error("/bench/hop is not two numbers");
    latencies.push(Number(process.hrtime.bigint() - (BigInt(sec) * 1_000_000_000n + BigInt(nsec))) / 1e6);
  });
  const sender = fork(`${import.meta.dirname}/hop-sender.mjs`, [String(receiver.port), String(seconds)]);
  await once(sender, "exit");
  await receiver.close();
  const warm = latencies.slice(120);
  return {
    title: "Hop complete -> its last datagram received by another process",
    head: ["", "p50", "p95", "p99", "max", "frames"],
    rows: [["demo track, 8 messages a frame", ...[0.5, 0.95, 0.99].map((q) => ms(quantile(warm, q))), ms(Math.max(...warm)), warm.length], ["limit", ms(1), "", ms(4), "", ""]],
  };
}

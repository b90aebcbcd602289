// Median time from a complete hop to its last datagram in this process, µs: sender and receiver of one checkout.
import { fork } from "node:child_process";
import { once } from "node:events";
import { median } from "../../scripts/report.mjs";
import { finish, load, root } from "./load.mjs";

const seconds = 6;
const warmFrames = 120;

/** @type {typeof import("@vj/telemetry")} */
const { createReceiver } = await load("telemetry");
/** @type {number[]} */
const latencies = [];
/** @param {import("@vj/telemetry").OscMessage} message */
const onMessage = ({ address, args: [sec, nsec] }) => {
  if (address !== "/bench/hop") return;
  latencies.push(Number(process.hrtime.bigint() - (BigInt(Number(sec)) * 1_000_000_000n + BigInt(Number(nsec)))) / 1e3);
};
// Earlier checkouts take the listener as an option.
const options = { port: 0, onMessage };
const receiver = await createReceiver(options);
receiver.on?.("message", onMessage);
const sender = fork(`${root}/bench/hop-sender.mjs`, [String(receiver.port), String(seconds)]);
await once(sender, "exit");
await receiver.close();
finish(median(latencies.slice(warmFrames)));

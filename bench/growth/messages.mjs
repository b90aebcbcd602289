// What a receiver of OSC costs by the messages a second that it gets, and what it loses, in percent both.
import { fork } from "node:child_process";
import { once } from "node:events";
import { createReceiver } from "@vj/telemetry";
import { isQuick, runs } from "../session.mjs";

const rates = isQuick ? [500, 2000] : [500, 1000, 2000, 5000, 10_000, 20_000];
const seconds = runs(5, 1);

/** @returns {Promise<import("./main.mjs").Growth>} */
export async function messages() {
  const points = [];
  for (const at of rates) points.push({ at, values: await costOf(at) });
  return { name: "messages", title: "Receiver of OSC by messages a second", by: "messages a second", series: ["of a core", "lost"], unit: "%", digits: 2, points };
}

/** @param {number} rate */
async function costOf(rate) {
  const receiver = await createReceiver();
  const sender = fork(`${import.meta.dirname}/../flood-sender.mjs`, [String(receiver.port), String(rate), String(seconds)]);
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const [[sent]] = await Promise.all([once(sender, "message"), once(sender, "exit")]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const used = process.cpuUsage(cpu);
  const load = (used.user + used.system) / 10 / (performance.now() - begun);
  const lost = (100 * (Number(sent) - receiver.stats().messages)) / Number(sent);
  await receiver.close();
  return [load, lost];
}

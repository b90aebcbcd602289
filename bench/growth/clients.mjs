// One client's round trip while more and more others are connected to the same worker.
import { fork } from "node:child_process";
import { once } from "node:events";
import { connect } from "@vj/control";
import { quantile } from "../../scripts/report.mjs";
import { isQuick, runs, scratch } from "../session.mjs";

const counts = isQuick ? [1, 10] : [1, 3, 10, 30, 100, 300, 1000];
const calls = runs(3000, 100);

/** @returns {Promise<import("./main.mjs").Growth>} */
export async function clients() {
  const path = `${scratch("/tmp/vj-gc-")}/bus.sock`;
  const child = fork(`${import.meta.dirname}/../echo/server.mjs`, ["bus", path]);
  await once(child, "message");
  const asking = await connect(path);
  /** @type {import("@vj/control").ControlClient[]} */
  const others = [];
  const points = [];
  for (const count of counts) {
    while (others.length < count - 1) others.push(await connect(path));
    /** @type {number[]} */
    const times = [];
    for (let i = 0; i < calls; i++) {
      const before = performance.now();
      await asking.request("get_state");
      times.push((performance.now() - before) * 1000);
    }
    points.push({ at: count, values: [quantile(times, 0.5), quantile(times, 0.99)] });
  }
  await Promise.all([asking, ...others].map((client) => client.close()));
  child.kill();
  return { name: "clients", title: "Control round trip by connected clients", by: "clients", series: ["p50", "p99"], unit: "µs", digits: 1, points };
}

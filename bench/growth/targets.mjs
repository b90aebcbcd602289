// One analyzer's telemetry to more and more targets.
import { targetLoads } from "../targets-cost.mjs";
import { isQuick } from "../session.mjs";

const counts = isQuick ? [1, 4] : [1, 2, 4, 8, 16, 32];

/** @returns {Promise<import("./main.mjs").Growth>} */
export async function targets() {
  const loads = await targetLoads(counts);
  const points = counts.map((at, i) => ({ at, values: [loads[i] ?? Number.NaN] }));
  return { name: "targets", title: "Telemetry of the analyzer by targets, of different shapes", by: "targets", series: ["sender"], unit: "% of a core", digits: 2, points };
}

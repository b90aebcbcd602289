import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@vj/control";

/** @typedef {NodeJS.ProcessEnv & { VJ_BUS_DIR: string }} BenchEnvironment */

/**
 * Waits until the worker answers as another process than `oldPid`.
 * @param {BenchEnvironment} env
 * @param {number | undefined} oldPid
 * @param {string} [name]
 * @returns {Promise<number>} its pid
 * @throws Error after 30 s
 */
export async function answeredBy(env, oldPid, name = "bench_worker") {
  const end = performance.now() + 30_000;
  while (performance.now() < end) {
    try {
      const client = await connect(name, { busDir: env.VJ_BUS_DIR, reconnect: false });
      const reply = await client.request("get_state", {}, { timeoutMs: 1000 });
      await client.close();
      const pid = reply.data?.pid;
      if (typeof pid === "number" && pid !== oldPid) return pid;
    } catch {
      // Not there yet: this time is measured.
    }
    await delay(1);
  }
  throw new Error(`${name} did not answer within 30 s; start its program by hand to see why`);
}

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { messageOf, workerStateSchema } from "@vj/schema";
import { ask } from "./ask.ts";
import type { ContractSubject } from "./contract-subject.ts";
import { promisesOfRunning } from "./running-promises.ts";
import { WorkerProcess } from "./worker-process.ts";
import { WorkerError } from "../errors.ts";

export type { ContractSubject } from "./contract-subject.ts";
export { WorkerProcess } from "./worker-process.ts";
export type { WorkerCommand } from "./worker-process.ts";

/** One promise of the contract; `run` rejects when the worker breaks it. */
export interface ContractCheck {
  name: string;
  run(): Promise<void>;
}

/**
 * The promises of every worker, as checks for any test runner. Each check starts the worker as a real process; the first one checks all promises that do not end the process, and names the broken one.
 * @example for (const check of workerContract(subject)) it(check.name, check.run);
 */
export function workerContract(subject: ContractSubject): ContractCheck[] {
  const check = (name: string, body: (worker: WorkerProcess) => Promise<void>): ContractCheck => ({
    name,
    async run() {
      const worker = await WorkerProcess.prepare(subject.name, subject);
      try {
        await body(worker);
      } finally {
        await worker.remove();
      }
    },
  });

  return [
    check("answers, describes itself, refuses what is wrong with code and field, and goes on", async (worker) => {
      const client = await worker.start();
      for (const promise of promisesOfRunning(subject)) {
        try {
          await promise.check(client, worker);
        } catch (error) {
          throw new WorkerError("promise", `the worker breaks a promise, "${promise.name}": ${messageOf(error)}`, { cause: error });
        }
      }
    }),
    check("keeps a setting over kill -9 and restart", async (worker) => {
      const client = await worker.start();
      const reply = await ask(client, "set_config", subject.validConfig);
      assert.ok(reply.success, reply.message ?? "set_config failed");
      await worker.kill("SIGKILL");
      assert.ok(existsSync(worker.socket), "kill -9 should have left the socket file");
      const again = await worker.start();
      const state = workerStateSchema.parse((await ask(again, "get_state")).data);
      for (const [key, value] of Object.entries(subject.validConfig)) assert.deepEqual(state.config?.[key], value);
    }),
    check("ends in order on SIGTERM and leaves no socket", async (worker) => {
      await worker.start();
      assert.deepEqual(await worker.kill("SIGTERM"), { code: 0, signal: null });
      assert.equal(existsSync(worker.socket), false);
    }),
    check("ends in order on shutdown, after the ack", async (worker) => {
      const client = await worker.start();
      const closed = new Promise((resolve) => client.on("disconnect", resolve));
      assert.ok((await ask(client, "shutdown")).success);
      await closed;
      assert.deepEqual(await worker.kill("SIGCONT"), { code: 0, signal: null });
    }),
  ];
}

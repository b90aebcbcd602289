import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import type { ControlClient } from "@vj/control";
import { descriptionSchema, limits, protocolVersion, refusalOf, workerStateSchema } from "@vj/schema";
import type { JsonSchema, RefusalCode, Reply } from "@vj/schema";
import { exitCodes } from "../run-worker.ts";
import { textsWithoutEnd } from "./texts-without-end.ts";
import { WorkerProcess, patienceMs } from "./worker-process.ts";
import type { WorkerCommand } from "./worker-process.ts";

export { WorkerProcess } from "./worker-process.ts";
export type { WorkerCommand } from "./worker-process.ts";

/** A worker, and two changes of its settings: one it accepts (other than the default), one it must refuse. */
export interface ContractSubject extends WorkerCommand {
  name: string;
  validConfig: Readonly<Record<string, unknown>>;
  invalidConfig: Readonly<Record<string, unknown>>;
}

/** One promise of the contract; `run` rejects when the worker breaks it. */
export interface ContractCheck {
  name: string;
  run(): Promise<void>;
}

/**
 * The promises of every worker, as checks for any test runner. Each starts the worker as a real process.
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
    check("listens and answers get_state", async (worker) => {
      const client = await worker.start();
      const reply = await ask(client, "get_state");
      const state = workerStateSchema.parse(reply.data);
      assert.equal(state.status, "running");
      assert.equal(state.protocol, protocolVersion);
      assert.ok(state.instance_id, "instance_id is missing");
      assert.ok(state.config, "config is missing");
    }),
    check("describes its settings, commands and addresses", async (worker) => {
      const client = await worker.start();
      const description = descriptionSchema.parse((await ask(client, "describe")).data);
      assert.equal(description.worker, subject.name);
      for (const name of ["get_state", "describe", "set_config", "restart", "subscribe", "unsubscribe", "shutdown"]) {
        assert.ok(name in description.commands, `${name} is not described`);
      }
      for (const [name, { args }] of Object.entries(description.commands)) {
        // For `set_config` the length of all settings is limited instead.
        if (name !== "set_config") assert.deepEqual(textsWithoutEnd(args, name), [], "a text argument needs a longest length: z.string().max(…)");
      }
      const settings = jsonProperties(description.commands["set_config"]?.args);
      for (const key of Object.keys(subject.validConfig)) {
        assert.ok(key in settings, `${key} is not an argument of set_config`);
        assert.ok(JSON.stringify(description.config_schema).includes(`"${key}"`), `${key} is not in the schema`);
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
    check("refuses a bad setting with a reason, and changes nothing", async (worker) => {
      const client = await worker.start();
      const before = workerStateSchema.parse((await ask(client, "get_state")).data);
      const bad = { ...subject.validConfig, ...subject.invalidConfig };
      const reply = await ask(client, "set_config", bad);
      assert.equal(reply.success, false);
      assert.match(reply.message ?? "", new RegExp(Object.keys(subject.invalidConfig).join("|")));
      const unknown = await ask(client, "set_config", { no_such_setting: 1 });
      assert.equal(unknown.success, false);
      assert.match(unknown.message ?? "", /no_such_setting/);
      const after = workerStateSchema.parse((await ask(client, "get_state")).data);
      assert.deepEqual(after.config, before.config);
    }),
    check("refuses an unknown command by name and goes on", async (worker) => {
      const client = await worker.start();
      const reply = await ask(client, "no_such_command");
      assert.equal(reply.success, false);
      assert.match(reply.message ?? "", /no_such_command/);
      assert.ok((await ask(client, "get_state")).success);
    }),
    check("gives every refusal a code, and names the fields at fault", async (worker) => {
      const client = await worker.start();
      const refused = async (cmd: string, args: Record<string, unknown>, code: RefusalCode[], field?: string): Promise<void> => {
        const reply = await ask(client, cmd, args);
        const refusal = refusalOf(reply);
        assert.ok(refusal !== undefined && code.includes(refusal.code), `${cmd} should be refused as ${code.join(" or ")}: ${JSON.stringify(reply)}`);
        // `players` or, of a list, `players.0`.
        const names = ({ path }: { path: string }): boolean => path.replace(/\.\d+$/, "") === field;
        if (field !== undefined) assert.ok(refusal.issues?.some(names), `the issues of ${cmd} should name ${field}: ${JSON.stringify(reply)}`);
      };
      await refused("no_such_command", {}, ["unknown_command"]);
      await refused("set_config", {}, ["bad_arguments"]);
      await refused("set_config", { no_such_setting: 1 }, ["bad_arguments"], "no_such_setting");
      await refused("subscribe", { port: "x" }, ["bad_arguments"], "port");
      await refused("subscribe", { port: 9, host: "192.0.2.1" }, ["refused"], "host");
      await refused("unsubscribe", {}, ["refused"]);
      for (const [key, value] of Object.entries(subject.invalidConfig)) {
        await refused("set_config", { [key]: value }, ["bad_arguments", "refused"], key);
      }
    }),
    check("restarts in place", async (worker) => {
      const client = await worker.start();
      const reply = await ask(client, "restart", {});
      assert.ok(reply.success, reply.message ?? "restart failed");
      assert.ok((await ask(client, "get_state")).success);
    }),
    check("survives a broken and an oversize frame, and clients that vanish", async (worker) => {
      const client = await worker.start();
      for (const bytes of [frame("not json"), frame(""), header(2 * limits.frameBytes), Buffer.from([0, 0, 1])]) {
        const socket = connectSocket(worker.socket);
        socket.on("error", () => {});
        await once(socket, "connect");
        socket.write(bytes);
        socket.destroy();
      }
      assert.ok((await ask(client, "get_state")).success);
      assert.ok(existsSync(worker.socket), "the socket file is gone");
    }),
    check("gives each of two clients its own replies", async (worker) => {
      const one = await worker.start();
      const two = await worker.connect();
      const strays: unknown[] = [];
      one.on("message", (message) => strays.push(message));
      two.on("message", (message) => strays.push(message));
      await Promise.all([one, two, one, two].map((client) => ask(client, "get_state")));
      assert.deepEqual(strays, []);
    }),
    check("is the only one of its name", async (worker) => {
      const client = await worker.start();
      const second = worker.spawn();
      const [code] = await once(second, "exit");
      assert.equal(code, exitCodes.alreadyRunning);
      assert.ok((await ask(client, "get_state")).success);
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

function ask(client: ControlClient, cmd: string, args: Record<string, unknown> = {}): Promise<Reply> {
  return client.request(cmd, args, { timeoutMs: patienceMs });
}

function jsonProperties(schema: JsonSchema | undefined): object {
  const properties = schema?.["properties"];
  return typeof properties === "object" && properties !== null ? properties : {};
}

function header(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

function frame(payload: string): Buffer {
  return Buffer.concat([header(Buffer.byteLength(payload)), Buffer.from(payload)]);
}

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import type { ControlClient } from "@vj/control";
import { descriptionSchema, limits, protocolVersion, refusalOf, workerStateSchema } from "@vj/schema";
import type { JsonSchema, RefusalCode } from "@vj/schema";
import { exitCodes } from "../run-worker.ts";
import { ask } from "./ask.ts";
import type { ContractSubject } from "./contract-subject.ts";
import { textsWithoutEnd } from "./texts-without-end.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** One promise that a worker keeps without ending; `check` rejects when it does not. */
export interface RunningPromise {
  readonly name: string;
  check(client: ControlClient, worker: WorkerProcess): Promise<void>;
}

/** The promises that are checked on one process, one after the other: each check leaves it as it was. */
export function promisesOfRunning(subject: ContractSubject): readonly RunningPromise[] {
  return [
    {
      name: "listens and answers get_state",
      async check(client) {
        const reply = await ask(client, "get_state");
        const state = workerStateSchema.parse(reply.data);
        assert.equal(state.status, "running");
        assert.equal(state.protocol, protocolVersion);
        assert.ok(state.instance_id, "instance_id is missing");
        assert.ok(state.config, "config is missing");
      },
    },
    {
      name: "describes its settings, commands and addresses",
      async check(client) {
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
      },
    },
    {
      name: "refuses a bad setting with a reason, and changes nothing",
      async check(client) {
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
      },
    },
    {
      name: "refuses an unknown command by name and goes on",
      async check(client) {
        const reply = await ask(client, "no_such_command");
        assert.equal(reply.success, false);
        assert.match(reply.message ?? "", /no_such_command/);
        assert.ok((await ask(client, "get_state")).success);
      },
    },
    {
      name: "gives every refusal a code, and names the fields at fault",
      async check(client) {
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
      },
    },
    {
      name: "restarts in place",
      async check(client) {
        const reply = await ask(client, "restart", {});
        assert.ok(reply.success, reply.message ?? "restart failed");
        assert.ok((await ask(client, "get_state")).success);
      },
    },
    {
      name: "survives a broken and an oversize frame, and clients that vanish",
      async check(client, worker) {
        for (const bytes of [frame("not json"), frame(""), header(2 * limits.frameBytes), Buffer.from([0, 0, 1])]) {
          const socket = connectSocket(worker.socket);
          socket.on("error", () => {});
          await once(socket, "connect");
          socket.write(bytes);
          socket.destroy();
        }
        assert.ok((await ask(client, "get_state")).success);
        assert.ok(existsSync(worker.socket), "the socket file is gone");
      },
    },
    {
      name: "gives each of two clients its own replies",
      async check(client, worker) {
        const other = await worker.connect();
        const strays: unknown[] = [];
        for (const one of [client, other]) one.on("message", (message) => strays.push(message));
        await Promise.all([client, other, client, other].map((one) => ask(one, "get_state")));
        assert.deepEqual(strays, []);
      },
    },
    {
      name: "is the only one of its name",
      async check(client, worker) {
        const second = worker.spawn();
        const [code] = await once(second, "exit");
        assert.equal(code, exitCodes.alreadyRunning);
        assert.ok((await ask(client, "get_state")).success);
      },
    },
  ];
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

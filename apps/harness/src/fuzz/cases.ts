import { limits, managerName, messageSchema } from "@vj/schema";
import type { Description } from "@vj/schema";
import { z } from "zod";
import type { Random } from "../random.ts";
import { asSchema, objectText, requiredFields } from "./schema-text.ts";
import type { JsonText, Schema } from "./schema-text.ts";
import { lengthAround, strangeValue, valueAround } from "./values.ts";

/** One frame for one worker. */
export interface FuzzCase {
  readonly worker: string;
  /** Description for a report. */
  readonly what: string;
  /** The whole frame, header included; it may be broken. */
  readonly frame: Buffer;
}

/**
 * Commands that end or stop something when they are valid, or take long: only their envelope is tried. Settings have
 * their own cases.
 */
const spared = new Set(["set_config", "shutdown", "stop_all", "start_all", "restart", "benchmark", "list_devices"]);
/** Settings whose valid values make a healthy rig restart workers, or end the measurement. */
const sparedSettings = new Set(["hang_kill_sec", "retry_failed_sec"]);

/** Creates cases for a rig: every message type and field, every command's arguments, every setting. */
export function createCases(random: Random, descriptions: ReadonlyMap<string, Description>): () => FuzzCase {
  const workers = [...descriptions.keys()];
  const types = messageTypes();
  return () => {
    const worker = random.pick(workers);
    const description = descriptions.get(worker);
    const kind = random.below(10);
    if (kind < 4 || description === undefined) return envelopeCase(random, worker, types);
    if (kind < 6) return commandCase(random, worker, description);
    if (kind < 9) return settingCase(random, worker, description);
    return rawCase(random, worker);
  };
}

interface MessageType {
  readonly type: string;
  readonly fields: Schema;
  readonly base: Readonly<Record<string, unknown>>;
}

/** The message types with their fields, from the schema of the contract, and a valid message of each. */
export function messageTypes(): MessageType[] {
  const bases: Readonly<Record<string, Record<string, unknown>>> = {
    heartbeat: { worker: "fuzz", pid: 1, uptime_sec: 1, stats: {} },
    command: { cmd: "fuzz" },
    ack: { success: true },
    response: { data: {} },
    register: { worker: "fuzz", pid: 1, socket_path: "", osc_addresses: [] },
    error: { error: "fuzz" },
  };
  const schema = asSchema(z.toJSONSchema(messageSchema, { io: "input", unrepresentable: "any" }));
  const alternatives = schema["oneOf"] ?? schema["anyOf"];
  if (!Array.isArray(alternatives)) throw new Error("the schema of messages is not a union any more: adapt the fuzzer to it");
  return alternatives.map((alternative: unknown) => {
    const fields = asSchema(asSchema(alternative)["properties"]);
    const type = String(asSchema(fields["type"])["const"]);
    return { type, fields, base: bases[type] ?? {} };
  });
}

function envelopeCase(random: Random, worker: string, types: readonly MessageType[]): FuzzCase {
  const { type, fields, base } = random.pick(types);
  const field = random.pick([...Object.keys(fields), "a_field_of_no_message"]);
  const value = valueAround(random, asSchema(fields[field]));
  return fuzzCase(worker, `${type}.${field}`, { type: JSON.stringify(type), ...asTexts(base), [field]: value });
}

function commandCase(random: Random, worker: string, description: Description): FuzzCase {
  const cmd = random.pick(Object.keys(description.commands).filter((name) => !spared.has(name)));
  const args = asSchema(description.commands[cmd]?.args);
  const fields = asSchema(args["properties"]);
  const field = random.pick([...Object.keys(fields), "msg_id", "another_argument"]);
  return commandWith(worker, cmd, { ...requiredFields(args), [field]: valueAround(random, asSchema(fields[field])) }, field);
}

function settingCase(random: Random, worker: string, description: Description): FuzzCase {
  const fields = asSchema(description.config_schema["properties"]);
  const key = random.pick([...Object.keys(fields).filter((name) => !sparedSettings.has(name)), "another_setting"]);
  return commandWith(worker, "set_config", { [key]: valueAround(random, asSchema(fields[key])) }, key);
}

function commandWith(worker: string, cmd: string, args: Readonly<Record<string, JsonText>>, field: string): FuzzCase {
  return fuzzCase(worker, `${cmd} ${field}`, { ...asTexts({ type: "command", cmd, msg_id: "fuzz" }), ...args });
}

/** Bytes that are not a message: truncated, too long, not UTF-8, duplicate keys. */
function rawCase(random: Random, worker: string): FuzzCase {
  const text = '{"type":"command","cmd":"fuzz","msg_id":"fuzz"}';
  const kind = random.below(200);
  if (kind === 0) {
    const bytes = random.pick([limits.frameBytes, limits.frameBytes + 1, 4_294_967_295]);
    return { worker, what: `frame of ${bytes} bytes`, frame: frameOf(Buffer.alloc(Math.min(bytes, limits.frameBytes), 32), bytes) };
  }
  const payload = random.pick<() => Buffer>([
    () => Buffer.alloc(0),
    () => Buffer.from(text.slice(0, random.below(text.length))),
    () => Buffer.from([...Buffer.from(text), 0xff]),
    () => Buffer.from(`${text.slice(0, -1)},"cmd":"fuzz_again","cmd":7}`),
    () => Buffer.from(strangeValue(random)),
    () => Buffer.from(Array.from({ length: lengthAround(random, 200) }, () => random.below(256))),
  ])();
  return { worker, what: "raw bytes", frame: frameOf(payload) };
}

function asTexts(fields: Readonly<Record<string, unknown>>): Record<string, JsonText> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)]));
}

function fuzzCase(worker: string, what: string, fields: Readonly<Record<string, JsonText>>): FuzzCase {
  const frame = frameOf(Buffer.from(objectText(fields)));
  return { worker, what: `${worker === managerName ? "manager" : worker} ${what}, ${frame.length} bytes`, frame };
}

/** @param length the length announced in the header */
export function frameOf(payload: Buffer, length = payload.length): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(length);
  return Buffer.concat([header, payload]);
}

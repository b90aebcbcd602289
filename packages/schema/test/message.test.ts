import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commandArgs, commandSchema, explainIssues, limits, parseMessage, toReply } from "../src/index.ts";

describe("parseMessage", () => {
  it("accepts the examples of the contract", () => {
    const examples = [
      { type: "heartbeat", worker: "audio_analyzer", uptime_sec: 61.5, pid: 4711, stats: { fps: 59.9 } },
      { type: "command", cmd: "set_config", msg_id: "c-1", enable_bpm: false },
      { type: "ack", success: true, msg_id: "c-1", message: "Config updated, analyzer restarted" },
      { type: "response", msg_id: "c-2", data: { status: "running", pid: 4711 } },
      { type: "register", worker: "a", pid: 1, socket_path: "/tmp/vj-bus/a.sock" },
      { type: "error", error: "no" },
    ];
    for (const example of examples) expect(parseMessage(example)).toMatchObject({ ok: true, message: example });
  });

  it("fills defaults", () => {
    expect(parseMessage({ type: "ack", success: false })).toEqual({
      ok: true,
      message: { type: "ack", success: false, message: null, data: null },
    });
  });

  it("keeps extra fields of a command and drops those of other messages", () => {
    expect(parseMessage({ type: "command", cmd: "x", extra: 1 })).toMatchObject({ message: { extra: 1 } });
    expect(parseMessage({ type: "error", error: "x", extra: 1 })).toEqual({
      ok: true,
      message: { type: "error", error: "x", traceback: null },
    });
  });

  it("says what is wrong and keeps a readable msg_id", () => {
    const result = parseMessage({ type: "command", msg_id: "m", cmd: 5 });
    expect(result).toMatchObject({ ok: false, msgId: "m" });
    expect(!result.ok && result.error).toMatch(/cmd/);
    expect(parseMessage({ type: "nonsense" })).toMatchObject({ ok: false, msgId: undefined });
    expect(parseMessage({ type: "command", msg_id: 7, cmd: 5 })).toMatchObject({ ok: false, msgId: undefined });
  });

  it("takes a null in an optional field as absent, in every message", () => {
    const examples: [object, object][] = [
      [{ type: "command", cmd: "x", msg_id: null, extra: null }, { type: "command", cmd: "x", extra: null }],
      [{ type: "ack", success: true, msg_id: null, message: null, data: null }, { type: "ack", success: true, message: null, data: null }],
      [{ type: "response", msg_id: null, success: null, data: { a: null } }, { type: "response", data: { a: null } }],
      [{ type: "error", msg_id: null, error: "no" }, { type: "error", error: "no", traceback: null }],
      [
        { type: "heartbeat", msg_id: null, worker: "a", pid: 1, uptime_sec: 0, stats: null, protocol: null, instance_id: null },
        { type: "heartbeat", worker: "a", pid: 1, uptime_sec: 0, stats: {} },
      ],
      [
        { type: "register", msg_id: null, worker: "a", pid: 1, socket_path: "", osc_addresses: null, protocol: null, instance_id: null },
        { type: "register", worker: "a", pid: 1, socket_path: "", osc_addresses: [] },
      ],
    ];
    for (const [sent, message] of examples) expect(parseMessage(sent)).toEqual({ ok: true, message });
    expect(parseMessage({ type: "command", cmd: null, msg_id: null })).toMatchObject({ ok: false, error: expect.stringMatching(/cmd/) });
  });

  it("bounds the error for a message with many or long faults", () => {
    const list = parseMessage({ type: "register", worker: "x", pid: 1, socket_path: "", osc_addresses: Array(15_000).fill(1) });
    const wrong = [list, parseMessage({ type: "x".repeat(100_000) }), parseMessage({ type: "ack", data: { ["k".repeat(100_000)]: 1 } })];
    for (const result of wrong) expect(!result.ok && result.error.length).toBeLessThan(2000);
    const many = z.array(z.number()).safeParse(Array(15_000).fill("x"));
    expect(many.error && explainIssues(many.error)).toMatch(/^0: .*; and 14992 more$/);
    const named = z.record(z.string(), z.number()).safeParse({ ["k".repeat(100_000)]: "x" });
    expect(named.error && explainIssues(named.error).length).toBeLessThan(500);
  });

  it("says how a list is written where one is missing", () => {
    const { error } = z.object({ skip: z.array(z.string()) }).safeParse({ skip: "Jingle*" });
    expect(error && explainIssues(error)).toBe(`skip: give a list, for example '["one","two"]'`);
  });

  it("refuses a msg_id too long to echo, and does not repeat it", () => {
    const fits = "m".repeat(limits.msgIdCharacters);
    expect(parseMessage({ type: "command", cmd: "x", msg_id: fits })).toMatchObject({ ok: true });
    expect(parseMessage({ type: "command", cmd: "x", msg_id: `${fits}m` })).toMatchObject({ ok: false, msgId: undefined, error: expect.stringMatching(/msg_id/) });
    expect(parseMessage({ type: "command", cmd: "c".repeat(limits.nameCharacters + 1), msg_id: "m" })).toMatchObject({ ok: false, msgId: "m" });
  });

  it("never throws, whatever JSON it is given", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof parseMessage(value).ok === "boolean"));
  });
});

describe("commandArgs", () => {
  it("is the command without its envelope", () => {
    const command = commandSchema.parse({ type: "command", msg_id: "1", cmd: "x", a: 1, b: "two" });
    expect(commandArgs(command)).toEqual({ a: 1, b: "two" });
  });
});

describe("toReply", () => {
  it("reads both kinds of answer", () => {
    expect(toReply({ type: "response", data: { a: 1 } })).toEqual({ success: true, message: null, data: { a: 1 } });
    expect(toReply({ type: "ack", success: false, message: "no", data: null })).toEqual({
      success: false,
      message: "no",
      data: null,
    });
  });
});

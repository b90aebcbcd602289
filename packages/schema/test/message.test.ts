import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandArgs, commandSchema, parseMessage, toReply } from "../src/index.ts";

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

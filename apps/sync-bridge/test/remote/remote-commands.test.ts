import { refuse } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { readAddress } from "../../src/protocols/remote/address.ts";
import type { RemoteValue } from "../../src/protocols/remote/convert.ts";
import { RemoteCommands } from "../../src/protocols/remote/remote-commands.ts";
import type { Outcome } from "../../src/protocols/remote/remote-commands.ts";
import { fakeRig } from "./fake-rig.ts";

const hand = ["audio_analyzer/tap", "audio_analyzer/nudge", "audio_analyzer/lock", "audio_analyzer/pick", "audio_analyzer/list", "audio_analyzer/deep", "audio_analyzer/set/*", "lyrics_fetcher/tap"];

function remote({ allow = hand, rate = 1000, reply }: { allow?: string[]; rate?: number; reply?: Parameters<typeof fakeRig>[0] } = {}): {
  run(path: string, ...values: RemoteValue[]): Promise<Outcome>;
  sent: ReturnType<typeof fakeRig>["sent"];
} {
  const { rig, sent } = fakeRig(reply);
  const commands = new RemoteCommands({ rig, config: { remote_allow: allow, remote_rate: rate } });
  return {
    sent,
    run: (path, ...values) => {
      const address = readAddress(`/vj/${path}`);
      if (address === undefined) throw new Error(`${path} is not an address`);
      return commands.run(address, values);
    },
  };
}

describe("a command from outside", () => {
  it("reaches its worker with its arguments by name", async () => {
    const { run, sent } = remote();
    expect(await run("audio_analyzer/nudge", -12.5)).toEqual({ isOk: true, text: "done", kind: "done" });
    await run("audio_analyzer/pick", "spotify", 3);
    await run("audio_analyzer/lock", 1, 128);
    await run("audio_analyzer/lock", false);
    await run("audio_analyzer/list", "a", "b");
    await run("audio_analyzer/set/gain", 1.5);
    await run("audio_analyzer/set/names", "x", "y");
    expect(sent.map(({ cmd, args }) => ({ cmd, args }))).toEqual([
      { cmd: "nudge", args: { ms: -12.5 } },
      { cmd: "pick", args: { source: "spotify", count: 3 } },
      { cmd: "lock", args: { on: true, bpm: 128 } },
      { cmd: "lock", args: { on: false } },
      { cmd: "list", args: { names: ["a", "b"] } },
      { cmd: "set_config", args: { gain: 1.5 } },
      { cmd: "set_config", args: { names: ["x", "y"] } },
    ]);
  });

  it("is triggered once by a button that sends 1 when pressed and 0 when released", async () => {
    const { run, sent } = remote();
    expect((await run("audio_analyzer/tap", 1)).kind).toBe("done");
    expect(await run("audio_analyzer/tap", 0)).toEqual({ isOk: true, text: "", kind: "released" });
    await run("audio_analyzer/tap", true);
    await run("audio_analyzer/tap", false);
    await run("audio_analyzer/nudge", 10, 1);
    await run("audio_analyzer/nudge", 10, 0);
    await run("audio_analyzer/tap");
    await run("audio_analyzer/tap", 1234);
    await run("audio_analyzer/set/gain", 0.5, 1);
    expect((await run("audio_analyzer/set/gain", 0.5, 0)).kind).toBe("released");
    expect(sent.map(({ args }) => args)).toEqual([{}, {}, { ms: 10 }, {}, { at: 1234 }, { gain: 0.5 }]);
  });

  it.each<[string, RemoteValue[], string]>([
    ["audio_analyzer/nudge", [], "needs ms"],
    ["audio_analyzer/nudge", ["10"], "ms must be a number"],
    ["audio_analyzer/nudge", [Number.NaN], "ms must be a number"],
    ["audio_analyzer/nudge", [501], "at most 500"],
    ["audio_analyzer/pick", ["Spotify", 1], "must be one of spotify, virtualdj"],
    ["audio_analyzer/pick", ["spotify", 1.5], "whole number"],
    ["audio_analyzer/pick", ["spotify"], "needs count"],
    ["audio_analyzer/nudge", [1, 2, 3], "takes at most 1 values (ms), not 3"],
    ["audio_analyzer/lock", [0.5], "on must be true or false"],
    ["audio_analyzer/deep", [1], "cannot be given by OSC"],
    ["audio_analyzer/list", [1], "names must be a text"],
    ["audio_analyzer/set/gain", [3], "at most 2"],
    ["audio_analyzer/set/gain", [], "takes one value"],
    ["audio_analyzer/set/__proto__", [1], "no such setting"],
    ["audio_analyzer/set/toString", [1], "no such setting"],
  ])("%s %j is refused: %s", async (path, values, text) => {
    const { run, sent } = remote();
    const outcome = await run(path, ...values);
    expect(outcome).toMatchObject({ isOk: false, kind: "bad_arguments" });
    expect(outcome.text).toContain(text);
    expect(sent).toEqual([]);
  });

  it("reaches only what is allowed", async () => {
    const { run, sent } = remote({ allow: ["audio_analyzer/tap", "*/nudge", "audio_analyzer/set/gain"] });
    for (const path of ["audio_analyzer/shutdown", "process_manager/shutdown", "audio_analyzer/set_config", "audio_analyzer/set/names", "audio_analyzer/lock", "process_manager/target/wall", "__proto__/tap"]) {
      expect(await run(path, 1)).toMatchObject({ isOk: false, kind: "not_allowed" });
    }
    expect(sent).toEqual([]);
    expect(await run("audio_analyzer/nudge", 1)).toMatchObject({ isOk: true });
    const all = remote({ allow: ["*/*"] });
    expect(await all.run("audio_analyzer/set_config", 1)).toMatchObject({ kind: "bad_arguments" });
    expect(await all.run("audio_analyzer/set/gain", 1)).toMatchObject({ kind: "not_allowed" });
    expect(await all.run("__proto__/tap", 1)).toMatchObject({ kind: "away" });
    expect(await all.run("audio_analyzer/constructor", 1)).toMatchObject({ kind: "bad_arguments" });
  });

  it("is not kept for a worker that is away: it would come too late", async () => {
    const { run, sent } = remote();
    expect(await run("lyrics_fetcher/tap")).toEqual({ isOk: false, kind: "away", text: "lyrics_fetcher is not running; start it with: vj start lyrics_fetcher" });
    expect(sent).toEqual([]);
  });

  it("answers with the worker's own words when that refuses, or does not answer", async () => {
    expect(await remote({ reply: async () => refuse("not while locked", "refused") }).run("audio_analyzer/tap")).toEqual({ isOk: false, kind: "refused", text: "not while locked" });
    const silent = remote({ reply: () => Promise.reject(new Error("no reply within 5 s")) });
    expect(await silent.run("audio_analyzer/tap")).toEqual({ isOk: false, kind: "away", text: "no reply within 5 s" });
  });

  it("is one of so many a second at most, and of sixteen that wait", async () => {
    const fast = remote({ rate: 10 });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => fast.run("audio_analyzer/tap")));
    expect(outcomes.every(({ isOk }) => isOk)).toBe(true);
    expect(await fast.run("audio_analyzer/tap")).toMatchObject({ kind: "too_many" });
    const waiting = remote({ reply: () => new Promise(() => {}) });
    for (let n = 0; n < 100; n += 1) void waiting.run("audio_analyzer/tap");
    expect(waiting.sent.length).toBe(16);
  });
});

describe("an address", () => {
  it.each(["/vj/audio_analyzer", "/vj", "/audio/beat", "//vj/a/b", "/vj/a/b/c/d", "/vj//tap", "/vj/a/", "/vj/*/tap", "/vj/a/{tap,auto}", `/vj/a/${"x".repeat(300)}`, "/vj/a/t p"])("%s is not taken", (address) => {
    expect(readAddress(address)).toBeUndefined();
  });
});

import { createAnalyzer } from "@vj/audio";
import type { Reply } from "@vj/schema";
import { failed } from "@vj/worker";
import { describe, expect, it } from "vitest";
import { createFollowedTempos, followMs } from "../src/tempo/followed-tempos.ts";
import { hostUs, steadyMs } from "../src/tempo/host-time.ts";
import { tempoCommands } from "../src/tempo/tempo-commands.ts";

/** The commands on an analyzer that has had `seconds` of silence until now. */
function commands(seconds = 10, refusal?: Reply, pressed: () => void = () => {}) {
  const analyzer = createAnalyzer({ sampleRate: 8000, enablePitch: false }, () => {});
  analyzer.push(new Float32Array(seconds * 8000));
  const followed = createFollowedTempos();
  const begun = performance.now() - seconds * 1000;
  const streamTime = (atMs: number): number => (atMs - begun) / 1000;
  const by = (): string => analyzer.tempo.view().by;
  const place = (): void => {
    const leading = followed.leading(performance.now());
    if (leading === undefined) analyzer.tempo.unfollow();
    else analyzer.tempo.follow(leading, streamTime(leading.atMs));
  };
  const table = tempoCommands({ tempo: () => refusal ?? analyzer.tempo, streamTime, followed, place, by, pressed });
  const send = async (cmd: string, args: Record<string, unknown> = {}): Promise<Reply> => {
    const definition = table[cmd];
    if (definition === undefined) throw new Error(`no command ${cmd}`);
    // The peer is not used by these commands.
    return definition.run({ type: "command", cmd, msg_id: "1", ...args }, undefined as never);
  };
  /** A tenth of a second of silence more. */
  const goOn = (): void => analyzer.push(new Float32Array(800));
  return Object.assign(send, { goOn });
}

const now = (): number => hostUs(performance.now());

it("auto in silence leaves no tempo, and names nobody as its source", async () => {
  const send = commands();
  await send("lock", { on: true, bpm: 128 });
  expect(await send("auto")).toMatchObject({ success: true, data: { tempo_by: "none", bpm: 0 } });
  expect(await send("double")).toMatchObject({ success: false, message: "there is no tempo yet; play music, tap it, or lock one: vj tempo lock 128" });
});

it("of a program are not logged, because they come four times a second; keys are", () => {
  const table = tempoCommands({ tempo: () => failed("not used"), streamTime: () => 0, followed: createFollowedTempos(), place: () => {}, by: () => "none", pressed: () => {} });
  const logged = Object.keys(table).filter((cmd) => table[cmd]?.isLogged === true);
  expect(logged).toEqual(["tap", "nudge", "double", "halve", "resync", "lock", "auto", "unfollow_tempo"]);
});

describe("tempo commands", () => {
  it("follow a program, say who leads, and let go", async () => {
    const send = commands();
    const beat = { bpm: 120.5, beat: 17.25, at_us: now() };
    expect(await send("follow_tempo", { source: "midi", ...beat })).toMatchObject({ success: true, data: { tempo_by: "midi", bpm: 120.5, locked: false, analysis_bpm: 0 } });
    expect(await send("follow_tempo", { source: "link", ...beat, bpm: 99 })).toMatchObject({ data: { tempo_by: "link", bpm: 99 } });
    expect(await send("follow_tempo", { source: "os2l", ...beat })).toMatchObject({ success: true, message: "os2l is there, but the tempo is from link" });
    expect(await send("unfollow_tempo", { source: "link" })).toMatchObject({ data: { tempo_by: "midi", bpm: 120.5 } });
    expect(await send("lock", { bpm: 140 })).toMatchObject({ data: { tempo_by: "tap", bpm: 140, locked: true } });
    expect(await send("auto")).toMatchObject({ data: { tempo_by: "midi", locked: false } });
  });

  it.each([
    ["follow_tempo", { source: "ableton", bpm: 120, beat: 0, at_us: 0 }, /source/],
    ["follow_tempo", { source: "link", bpm: 19, beat: 0, at_us: 0 }, /bpm.*20/],
    ["follow_tempo", { source: "link", bpm: 1000, beat: 0, at_us: 0 }, /bpm.*999/],
    ["follow_tempo", { source: "link", bpm: 120, beat: Number.NaN, at_us: 0 }, /beat/],
    ["follow_tempo", { source: "link", bpm: 120, beat: 0 }, /at_us/],
    ["follow_tempo", { source: "link", bpm: 120, beat: 0, at_us: Date.now() * 1000 }, /in the future.*process\.hrtime/],
    ["follow_tempo", { source: "link", bpm: 120, beat: 0, at_us: 0, quantum: 5 }, /quantum/],
    ["unfollow_tempo", { source: "tap" }, /source/],
    ["tap", { at_us: now() - 3e6 }, /in the past/],
    ["tap", { at_us: now() + 60e6 }, /in the future/],
    ["nudge", { ms: 1001 }, /ms.*1000/],
    ["nudge", {}, /ms/],
    ["lock", { bpm: 29 }, /bpm.*30/],
    ["lock", { on: "yes" }, /on/],
  ])("refuse %s %j and say what is wrong", async (cmd, args, text) => {
    const reply = await commands()(cmd, args);
    expect(reply).toMatchObject({ success: false, data: { code: "bad_arguments" } });
    expect(reply.message).toMatch(text);
  });

  it.each(["nudge", "double", "halve", "resync", "lock"])("refuse %s while there is no tempo, with the next step", async (cmd) => {
    const reply = await commands()(cmd, cmd === "nudge" ? { ms: 5 } : {});
    expect(reply).toMatchObject({ success: false, data: { code: "refused" } });
    expect(reply.message).toMatch(/no tempo yet; .*tap it.*vj tempo lock/);
  });

  it.each([
    ["tap", 400, 200],
    ["nudge", 400, 200],
    ["resync", 400, 200],
    ["lock", 400, 200],
    ["halve", 400, 200],
    ["halve", 700, 175],
    ["resync", 999, 249.75],
    ["lock", 24, 48],
    ["nudge", 24, 48],
    ["double", 24, 48],
    ["lock", 300, 300],
  ])("take over with %s from a program at %d BPM, at %d", async (cmd, bpm, taken) => {
    const send = commands();
    await send("follow_tempo", { source: "midi", bpm, beat: 0, at_us: now() });
    send.goOn();
    expect(await send(cmd, cmd === "nudge" ? { ms: 5 } : {})).toMatchObject({ success: true, data: { tempo_by: "tap", bpm: taken, locked: cmd === "lock" } });
    expect(await send("auto")).toMatchObject({ data: { tempo_by: "midi", bpm } });
  });

  it("lock at a tempo of a program's, or let it lead where no hand can", async () => {
    const send = commands();
    await send("follow_tempo", { source: "midi", bpm: 400, beat: 0, at_us: now() });
    send.goOn();
    expect(await send("double")).toMatchObject({ success: false, message: expect.stringContaining("above 300 BPM") });
    expect(await send("lock", { on: false })).toMatchObject({ data: { tempo_by: "midi", bpm: 400 } });
    expect(await send("lock", { bpm: 140 })).toMatchObject({ data: { tempo_by: "tap", bpm: 140 } });
  });

  it("say when the beat may have been moved, and not when a key was refused", async () => {
    let presses = 0;
    const send = commands(10, undefined, () => (presses += 1));
    await send("nudge", { ms: 5 });
    expect(presses).toBe(0);
    for (const [cmd, args] of [["lock", { bpm: 120 }], ["nudge", { ms: 5 }], ["resync", {}], ["tap", {}]] as const) await send(cmd, args);
    expect(presses).toBe(4);
  });

  it("refuse to leave the range of tempi", async () => {
    const send = commands();
    await send("lock", { bpm: 200 });
    expect(await send("double")).toMatchObject({ success: false, message: expect.stringContaining("above 300 BPM") });
    expect(await send("halve")).toMatchObject({ data: { bpm: 100 } });
    expect(await send("halve")).toMatchObject({ data: { bpm: 50 } });
    expect(await send("halve")).toMatchObject({ success: false, message: expect.stringContaining("below 30 BPM") });
    expect(await send("double")).toMatchObject({ data: { bpm: 100, locked: true } });
  });

  it("pass on why there is no analyzer to act on", async () => {
    const send = commands(1, failed("it rests", "unavailable"));
    for (const cmd of ["tap", "double", "auto"]) expect(await send(cmd)).toMatchObject({ success: false, message: "it rests" });
    expect(await send("follow_tempo", { source: "link", bpm: 120, beat: 0, at_us: now() })).toMatchObject({ success: false, message: "it rests" });
  });
});

describe("createFollowedTempos", () => {
  const tempo = (source: "link" | "midi" | "os2l") => ({ source, bpm: 120, beat: 0, atMs: 0, quantum: 4 });

  it("prefers link to midi to os2l, and lets go of one that is quiet for three seconds", () => {
    const followed = createFollowedTempos();
    followed.take(tempo("os2l"), 0);
    followed.take(tempo("link"), 1000);
    followed.take(tempo("midi"), 2000);
    expect(followed.leading(1000 + followMs)?.source).toBe("link");
    expect(followed.leading(1001 + followMs)?.source).toBe("midi");
    expect(followed.all(1001 + followMs).map(({ source, ageMs }) => [source, ageMs])).toEqual([["midi", 2001]]);
    expect(followed.leading(2001 + followMs)).toBeUndefined();
  });
});

it("counts in the monotonic clock that other processes see", () => {
  expect(Math.abs(steadyMs(Number(process.hrtime.bigint()) / 1000) - performance.now())).toBeLessThan(5);
});

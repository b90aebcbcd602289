import stringWidth from "string-width";
import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { readSeen } from "../src/rig/osc-seen.ts";
import { oscEntries, oscFilter, oscTree } from "../src/telemetry/osc-rows.ts";
import { createInbox, emptyTelemetry } from "../src/telemetry/snapshot.ts";
import type { TelemetrySnapshot } from "../src/telemetry/snapshot.ts";
import { managedWorker, manager, rigAfter, running, show } from "./rig-fixture.ts";
import type { RigEvent } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";
import { flow, known, sender } from "./targets-fixture.ts";

const message = (address: string, tags = "f", args: readonly (number | string)[] = [0.5]) => ({ address, tags, args });

/** The keys of a text. */
const typed = (text: string): string[] => Array.from(text);

/** Telemetry through the inbox that the program uses; the pictures in between are drawn, too. */
function received(...messages: readonly ReturnType<typeof message>[]): TelemetrySnapshot {
  const inbox = createInbox();
  for (const one of messages) {
    inbox.take(one, Date.now());
    inbox.snapshot();
  }
  return inbox.snapshot();
}

const some = received(message("/audio/levels", "ff", [0.62, 0.48]), message("/audio/beat", "if", [1, 0.318]), message("/karaoke/pos", "fi", [102.31, 1]));
const base: readonly RigEvent[] = [
  ...sender("audio_analyzer", [flow("default", 9000, { dropped: 3 })]),
  ...running("osc_debugger", { osc_port: 9999 }),
  ...manager({ audio_analyzer: managedWorker({}), osc_debugger: managedWorker({}) }),
  known(),
];

function onOsc(telemetry = some, events: readonly RigEvent[] = base, size: { columns?: number; rows?: number } = {}): TestSession {
  const shown = testSession(size);
  shown.know(rigAfter(events), telemetry);
  shown.press("6");
  return shown;
}

describe("the addresses of the bus", () => {
  it("join what arrives here with what the debugger counted before, and saw of strangers", () => {
    const seen = readSeen({ addresses: [{ address: "/audio/beat", tags: "if", args: [0, 0], count: 48_211, rate: 60, timestamp: 1, type_changed_from: "ff" }, { address: "/stranger", tags: "s", args: ["hi"], count: 2, rate: 0, timestamp: 1 }, { nonsense: true }, 3] });
    const entries = oscEntries(some, { seen });
    expect(entries.map(({ address }) => address)).toEqual(["/audio/beat", "/audio/levels", "/karaoke/pos", "/stranger"]);
    expect(entries[0]).toMatchObject({ args: [1, 0.318], count: 48_211, rate: 60, changedFrom: "ff" });
    expect(readSeen(undefined)).toEqual([]);
  });

  it.each([
    ["", ["/audio/levels", "/audio/beat", "/karaoke/pos"]],
    ["/audio", ["/audio/levels", "/audio/beat"]],
    ["/*/pos", ["/karaoke/pos"]],
    ["/audio/{beat,bpm}", ["/audio/beat"]],
    ["/audio/{bea", ["/audio/levels", "/audio/beat"]],
    ["/audio/[", ["/audio/levels", "/audio/beat"]],
    ["POS", ["/karaoke/pos"]],
    ["/no*", []],
  ])("are filtered by %j", (filter, wanted) => {
    expect(["/audio/levels", "/audio/beat", "/karaoke/pos"].filter(oscFilter(filter))).toEqual(wanted);
  });

  it("form a tree by their first part, which folds", () => {
    const entries = oscEntries(some, { seen: undefined });
    expect(oscTree(entries, new Set()).map(({ id }) => id)).toEqual(["/audio …", "/audio/beat", "/audio/levels", "/karaoke …", "/karaoke/pos"]);
    expect(oscTree(entries, new Set(["/audio"])).map(({ id }) => id)).toEqual(["/audio …", "/karaoke …", "/karaoke/pos"]);
  });
});

describe("the OSC screen", () => {
  it.each([[200, 60], [120, 40]])("shows all of the chosen address where there is room, the first one at first: %i×%i", (columns, rows) => {
    const shown = onOsc(some, base, { columns, rows });
    expect(shown.text()).toMatch(/── \/audio\/beat, enter shows it alone ─[\s\S]* if · .*/);
    expect(shown.text()).toContain("0.318");
    shown.press("j");
    expect(shown.text()).toMatch(/── \/audio\/levels, enter/);
    shown.press("g");
    expect(shown.text()).toMatch(/── \/audio [─ ]*[\s\S]*2 addresses · /);
  });

  it("opens the address that the filter leaves", () => {
    const shown = onOsc();
    shown.press("/", ...typed("pos"), "return", "return");
    expect(shown.text()).toContain("OSC › /karaoke/pos");
    shown.press("escape", "escape");
    expect(shown.text()).toContain("/audio/beat");
  });

  it("shows targets, port, rate, drops, and each address with tags, last values, rate, count and age", () => {
    const text = onOsc().text();
    expect(text).toMatch(/OSC {2}out 2 targets · in :9999 ✓ · [\d.]+ msg\/s · drops 3/);
    expect(text).toMatch(/address +tags +last +rate +count +age/);
    expect(text).toMatch(/▾ \/audio +2 below/);
    expect(text).toMatch(/\/audio\/beat +if +1 \.32 +0\.0 +1 /);
    expect(text).toMatch(/\/karaoke\/pos +fi +102\.3 1/);
  });

  it("keeps what counts in sight where there is little room", () => {
    const recording = [...base, ...running("recorder", { fault: null, size_bytes: 5_242_880 })];
    const text = onOsc(some, recording, { columns: 40, rows: 12 }).text();
    expect(text).toMatch(/OSC.*drops 3.*● recording 5\.0 MB/);
    expect(text).toMatch(/\/audio\/beat +1 \.32/);
    expect(text).not.toContain("age");
    expect(onOsc(some, base, { columns: 60, rows: 20 }).text()).toMatch(/count +age/);
  });

  it.each([40, 56, 60, 66, 79, 80, 100])("leaves the values room for two numbers, whatever else is shown, beside long addresses: %i columns", (columns) => {
    const long = received(message("/audio/beat", "ff", [0.62, 0.48]), message("/a/quite/long/address/of/a/stranger/number/1", "f", [1]));
    expect(onOsc(long, base, { columns, rows: 20 }).text()).toMatch(/\/audio\/beat +(ff +)?\.62 \.48 /);
  });

  it.each([[40, 12], [60, 20], [80, 24]] as const)("says that nothing is recorded, however long the reason: %i×%i", (columns, rows) => {
    const broken = [...base, ...running("recorder", { fault: `no space left on the disk ${"of many gigabytes ".repeat(10)}` })];
    expect(onOsc(some, broken, { columns, rows }).text()).toMatch(/OSC .*not recorded: no space left/);
  });

  it("says all of what the debugger would show, where it is off", () => {
    const off = [...sender("audio_analyzer", [flow("default", 9000)]), ...manager({ audio_analyzer: managedWorker({}), osc_debugger: managedWorker({ state: "stopped", running: false, stopped_by_request: true }) })];
    for (const columns of [60, 80]) expect(onOsc(some, off, { columns }).text().replace(/\s+/g, " ")).toContain("it shows packets of any sender and counts since its start");
  });

  it("marks a type that changed, on its row, its prefix and in the heading", () => {
    const text = onOsc(received(message("/a/b", "i", [1]), message("/a/b", "f", [1]))).text();
    expect(text).toMatch(/! +\/a\/b +f +type changed: i → f/);
    expect(text).toMatch(/! ▾ \/a /);
    expect(text).toContain("! 1 changed type");
  });

  it("folds by space, from any row below, and opens again", () => {
    const shown = onOsc();
    shown.press("j", " ");
    expect(shown.text()).toContain("▸ /audio");
    expect(shown.text()).not.toContain("/audio/beat");
    shown.press(" ");
    expect(shown.text()).toContain("/audio/beat");
  });

  it("filters by an OSC pattern, which esc clears", () => {
    const shown = onOsc();
    shown.press("/", ...typed("/*/pos"), "return");
    expect(shown.text()).toContain("/karaoke/pos");
    expect(shown.text()).not.toContain("/audio/beat");
    shown.press("escape");
    expect(shown.text()).toContain("/audio/beat");
    shown.press("/", ...typed("/zzz"), "return");
    expect(shown.text()).toContain('No address fits "/zzz"; esc shows all');
  });

  it("shows messages as they came by v, which p holds", () => {
    const shown = onOsc();
    shown.press("v");
    expect(shown.text()).toMatch(/the last 3 messages as they came; p holds them/);
    expect(shown.text()).toMatch(/\d\d:\d\d:\d\d\.\d{3} \/audio\/levels ff \.62 \.48\s[\s\S]*\/karaoke\/pos fi 102\.3 1/);
    shown.press("p");
    shown.know(rigAfter(base), emptyTelemetry);
    expect(shown.text()).toContain("/audio/levels");
    shown.press("p");
    expect(shown.text()).toContain("Nothing received yet");
    shown.press("v");
    expect(shown.text()).not.toContain("as they came");
  });

  it("shows one address in full: names, ranges, what it has been, a history", () => {
    const osc = { "/audio/bpm": { args: [{ name: "tempo", tag: "f" as const, min: 0, max: 300, unit: "BPM" }], kind: "stream" as const, description: "Beats per minute" } };
    const description = { worker: "audio_analyzer", version: "1", protocol: 1, description: "", config_schema: {}, commands: {}, osc };
    const telemetry = received(...[120, 128, 124].map((tempo) => message("/audio/bpm", "ff", [tempo, Math.fround(0.2595190405845642)])));
    const shown = onOsc(telemetry, [...base, { type: "description", name: "audio_analyzer", description }]);
    shown.press("j", "return");
    const text = shown.text();
    expect(text).toContain("OSC › /audio/bpm");
    expect(text).toMatch(/ff · [\d.]+\/s · 3 received · last .* ago · described by audio_analyzer/);
    expect(text).toContain("Beats per minute");
    expect(text).toMatch(/! audio_analyzer describes it as f and sends ff: receivers that go by the\s+description do not read it/);
    expect(text).toMatch(/tempo f 0 to 300 BPM\s+124\s+\S+ {2}120 to 128 while it was looked at/);
    expect(text).toMatch(/argument 2 f\s+0\.25951904\s/);
    shown.press("escape");
    expect(shown.text()).toContain("▾ /audio");
  });

  it("sends a test message to a target, checked at its fields", () => {
    const shown = onOsc();
    shown.press("t");
    expect(shown.text()).toMatch(/Send a test message[\s\S]*▸ target +← default →[\s\S]*address +\/audio\/beat/);
    shown.press("tab", "tab", "tab", ...typed("1 f:0.5"), "return");
    expect(shown.asked.at(-1)).toBe("send /audio/beat to 127.0.0.1:9000, 24 bytes");
    shown.press("t", "left", "return");
    expect(shown.text()).toMatch(/! place[\s\S]*does not fit: write host:port, for example 127\.0\.0\.1:9000/);
    shown.press(...typed("127.0.0.1:7"), "tab", "ctrl+u", ...typed("no address"), "return");
    expect(shown.text()).toMatch(/! address[\s\S]*is not an OSC address/);
  });

  it("clears after a question, and starts and stops recorder and debugger", () => {
    const shown = onOsc();
    shown.press("c", "y");
    expect(shown.asked.at(-1)).toBe("clear osc");
    shown.press("s", "y");
    expect(shown.asked.at(-1)).toBe("stop osc_debugger");
    const idle = onOsc(some, manager({ recorder: managedWorker({ state: "stopped", running: false }), osc_debugger: managedWorker({ state: "stopped", running: false }) }));
    expect(idle.text()).toContain("osc_debugger is off: s starts it");
    idle.press("o", "s");
    expect(idle.asked).toEqual(["start recorder", "start osc_debugger"]);
    const recording = onOsc(some, [...base, ...running("recorder", { file: "/r/a.mcap", size_bytes: 3_145_728 })]);
    expect(recording.text()).toContain("● recording 3.0 MB");
    expect(onOsc(some, [...base, ...running("recorder", { fault: "the disk is full" })], { columns: 120, rows: 40 }).text()).toContain("not recorded: the disk is full");
  });

  it.each([[40, 12], [60, 20], [79, 23], [80, 24], [120, 40], [200, 60]] as const)("fits at %d×%d in each of its views", (columns, rows) => {
    for (const keys of [[], ["v"], ["j", "return"], [" "], ["j", "t"]]) {
      const shown = onOsc(some, base, { columns, rows });
      shown.press(...keys);
      expect(shown.text()).toContain("/audio");
      for (const row of shown.rows()) expect(stringWidth(row)).toBe(columns);
    }
  });

  it("keeps the chosen one of hundreds in sight, and lets no stranger control the terminal", () => {
    const many = received(...Array.from({ length: 300 }, (_, index) => message(`/evil/${String(index).padStart(3, "0")}\u001b[2J`, "s", ["\u001b]0;x\u0007\u202e"])));
    const shown = onOsc(many, base, { columns: 80, rows: 24 });
    shown.press("G");
    expect(shown.text()).toContain("/evil/299");
    for (const keys of [["v"], ["v"], ["return"]]) {
      shown.press(...keys);
      for (const row of shown.rows()) expect(row).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  });

  it("draws what is in sight alone, however much strangers send", async () => {
    const long = "\u001b[2J\u202e漢字\r\n".repeat(30);
    const many = received(...Array.from({ length: 400 }, (_, index) => message(`/a${index}/${long}`, "s", [long])));
    const shown = onOsc(many, base, { columns: 200, rows: 60 });
    const used = await processorTime(() => {
      shown.press("v", "v", "G", "g");
      for (let picture = 0; picture < 4; picture += 1) shown.text();
    });
    // Half a minute of work without the limit, even on a quick machine.
    expect(used).toBeLessThan(8000);
    shown.press("v");
    shown.text();
    shown.press("g");
    expect(shown.text()).toContain("/a0/");
    shown.press("G");
    expect(shown.text()).toContain("/a399/");
  });

  it("says that nobody sends when no worker does", () => {
    expect(onOsc(emptyTelemetry, manager({})).text()).toContain("No worker sends anything here: w starts them");
    expect(onOsc(show.telemetry, base).text()).toContain("/karaoke/track");
  });
});

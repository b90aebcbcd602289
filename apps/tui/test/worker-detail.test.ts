import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { heartbeat, managedWorker, manager, noon, rigAfter, running } from "./rig-fixture.ts";
import { createInbox } from "../src/telemetry/snapshot.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

const second = noon / 1000;
const why = `exit code 1: ${"EACCES, permission denied, open tracklist.txt; ".repeat(6)}END`;

function detail(size: { columns?: number; rows?: number } = {}): TestSession {
  const session = testSession({ ...size, now: () => noon + 9800 });
  session.know(rigAfter([
    ...running("virtualdj_monitor", { config: { file_path: "auto-detect" }, available: false, note: `a very long report ${"of what it does ".repeat(20)}REPORTED` }),
    {
      type: "description",
      name: "virtualdj_monitor",
      description: {
        ...{ worker: "virtualdj_monitor", version: "1.2.3", protocol: 1, description: "Reads VirtualDJ", commands: {} },
        osc: { "/playback/virtualdj/track": { args: [], kind: "state", description: "" } },
        config_schema: { type: "object", properties: { file_path: { type: "string", description: "where it is" } } },
      },
    },
    heartbeat("virtualdj_monitor", { rss_mb: 40, available: false }),
    ...manager({
      virtualdj_monitor: managedWorker({
        restart_count: 12,
        recent_restarts: 3,
        last_exit: { code: 1, signal: null, reason: "exit code 1", at: second - 17, lines: ["Error: EACCES", "    at open"] },
        crashes: [{ at: second - 60, reason: "exit code 1" }, { at: second - 30, reason: "killed by SIGKILL" }, { at: second - 17, reason: why }],
      }),
    }),
    { type: "logs", entries: [{ at: noon, level: "error", source: "virtualdj_monitor", text: "EACCES: tracklist.txt", line: "" }] },
  ], noon));
  session.press("2", "return");
  return session;
}

/** Everything that it shows, page by page. */
function everything(session: TestSession): string {
  const pages = [session.text()];
  session.press("g");
  for (let page = 0; page < 40; page += 1) {
    session.press("pagedown");
    pages.push(session.text());
  }
  return pages.join("\n");
}

/** A stranger that says as much of itself as a message may hold, in texts that take long to measure. */
function stranger(): ReturnType<typeof rigAfter> {
  const text = `${"\u202eevil txt \u0301\u0301".repeat(3)} 漢字 👨‍👩‍👧 \u001b[2J`;
  const long = "B".repeat(60_000);
  const properties = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key_${index}${index % 7 === 0 ? text : ""}`, { type: "string", description: index === 1 ? long : text }]));
  const config = Object.fromEntries(Object.keys(properties).map((key) => [key, text]));
  const figures = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`figure ${index}`, text]));
  const commands = { one: { description: long, args: { type: "object", properties } } };
  const osc = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`/evil/${index}`, { args: [], kind: "state" as const, description: text }]));
  return rigAfter([
    ...running("evil", { config, stats: { long, ...figures } }),
    { type: "description", name: "evil", description: { worker: "evil", version: "1", protocol: 1, description: text, config_schema: { type: "object", properties }, commands, osc } },
    ...manager({ evil: managedWorker({}) }),
  ]);
}

describe("everything known of a worker", () => {
  it.each([[80, 24], [200, 60]])("is drawn in little time, however much a stranger says of itself: %i×%i", async (columns, rows) => {
    const session = testSession({ columns, rows });
    session.know(stranger());
    session.press("2");
    session.rows();
    session.press("return");
    const text = session.text();
    expect(text).toMatch(/ ↓ \d+ *\n/);
    const used = await processorTime(() => {
      for (let picture = 0; picture < 30; picture += 1) session.rows();
    });
    // Drawn anew each time it would take some 4 s.
    expect(used).toBeLessThan(2000);
  });

  it("is cut where a stranger says too much of itself, and says so", () => {
    const session = testSession({ columns: 200, rows: 60 });
    session.know(stranger());
    session.press("2", "return");
    const all = everything(session).replaceAll(/\s+/g, "");
    expect(all.includes("and100more:eshowsall")).toBe(true);
    expect(all.includes("…(60000characters)")).toBe(true);
    expect(/andsoon:\d+more/.test(all)).toBe(true);
  });

  it("shows what it wrote and how it ended above its settings where something is wrong, else below them", () => {
    const order = (managed: Parameters<typeof managedWorker>[0]): string[] => {
      const session = testSession({ columns: 100, rows: 60 });
      session.know(rigAfter([
        ...running("hello", { config: { every: 8 } }),
        ...manager({ hello: managedWorker({ crashes: [{ at: second - 60, reason: "exit code 1" }], ...managed }) }),
      ]));
      session.press("2", "return");
      return [...session.text().matchAll(/── (settings|last output|crashes)/g)].map(([, title = ""]) => title);
    };
    expect(order({})).toEqual(["settings", "last output", "crashes"]);
    expect(order({ state: "failed", running: false })).toEqual(["last output", "crashes", "settings"]);
  });

  it("marks what it sends with other types than it describes", () => {
    const osc = Object.fromEntries(["/lamp/level", "/lamp/pair", "/lamp/short"].map((address) => [address, { args: [{ name: "one", tag: "f" as const }, { name: "two", tag: "i" as const, optional: true as const }], kind: "stream" as const, description: "" }]));
    const description = { worker: "lamp", version: "1", protocol: 1, description: "", config_schema: {}, commands: {}, osc };
    const inbox = createInbox(() => noon);
    inbox.take({ address: "/lamp/level", tags: "sT", args: ["high", true] }, noon);
    inbox.take({ address: "/lamp/pair", tags: "fi", args: [0.5, 1] }, noon);
    inbox.take({ address: "/lamp/short", tags: "f", args: [0.25] }, noon);
    const session = testSession({ columns: 100, rows: 60 });
    session.know(rigAfter([...running("lamp", {}), { type: "description", name: "lamp", description }, ...manager({ lamp: managedWorker({}) })]), inbox.snapshot());
    session.press("2", "return");
    const sent = session.rows().flatMap((row) => /(\/lamp\/\w+ .*?) {2}0\.0 s ago/.exec(row)?.[1]?.replaceAll(/\s+/g, " ") ?? []);
    expect(sent).toEqual(["/lamp/level fi ! sent as sT high true", "/lamp/pair fi .50 1", "/lamp/short fi .25"]);
  });

  it("says once what its state and its figures have in common", () => {
    expect(detail({ columns: 100, rows: 60 }).text().match(/available no/g)).toHaveLength(1);
  });

  it("stands on its screen, from top to bottom", () => {
    const text = detail({ columns: 100, rows: 60 }).text();
    const parts = [
      /Workers › virtualdj_monitor +✓ running/,
      /Reads VirtualDJ/,
      /pid 4711 {3}up [\d:]+ {3}restarts 3 in 60 s \(limit 5\), 12 in all/,
      /last exit [\d:]+ exit code 1/,
      /heartbeat 9\.8 s ago \(every 5 s\)/,
      /instance a41f {3}protocol 1 {3}version 1\.2\.3/,
      /── settings, e changes them ─/,
      /file_path +auto-detect +where it is/,
      /── state ─/,
      /available no/,
      /── last output, l shows all of it ─/,
      /\d\d:\d\d:\d\d error +EACCES: tracklist\.txt/,
      /── crashes ─/,
      /\d\d:\d\d:\d\d +exit code 1: EACCES/,
      /\d\d:\d\d:\d\d +killed by SIGKILL/,
      /── before its last exit ─/,
      /Error: EACCES/,
      /── sends ─/,
      /\/playback\/virtualdj\/track/,
    ];
    let from = 0;
    for (const part of parts) {
      const at = text.slice(from).search(part);
      expect(at, `${String(part)} in\n${text.slice(from)}`).toBeGreaterThanOrEqual(0);
      from += at;
    }
  });

  it("says at its top when it is started again, and why it ended", () => {
    const session = testSession();
    const exit = { code: 1, signal: null, reason: "exit code 1", at: second - 1, lines: [] };
    session.know(rigAfter(manager({ virtualdj_monitor: managedWorker({ state: "backoff", running: false, pid: null, next_restart_at: second + 4, last_exit: exit, detail: "restart 3 after: exit code 1" }) })));
    session.press("2", "return");
    expect(session.text()).toMatch(/Workers › virtualdj_monitor +⟳ restart in 4 s/);
    expect(session.text()).toMatch(/exit code 1; since [\d:]+; r restarts it now/);
    expect(session.rows().at(-1)).toMatch(/e settings.*esc back.*l full log/);
  });

  it("stand apart in every width, however large they are", () => {
    for (const columns of [80, 100, 120, 140, 160, 200]) {
      const session = testSession({ columns, rows: 40 });
      session.know(rigAfter([
        ...running("audio_analyzer", { pid: 4_194_304 }),
        heartbeat("audio_analyzer", { fps: 1000.4, latency_ms: { p95: 12_345 }, cpu_percent: 100, rss_mb: 12_345 }),
        ...manager({ audio_analyzer: managedWorker({ restart_count: 1000 }) }),
      ]));
      session.press("2");
      const row = session.rows().find((one) => one.includes("audio_analyzer    running")) ?? "";
      for (const figure of row.match(/restarts|pid|p95|cpu|up /g) ?? []) expect(row).toMatch(new RegExp(`\\s${figure}`));
      expect(row).not.toMatch(/fps\S|%\S|[GM]B\S|s(?:cpu|up|pid)/);
      expect(row).toContain("up 01:00:00");
    }
  });

  it("stands below the list of all where there is room, without what it sends and answers", () => {
    const session = testSession({ columns: 120, rows: 40 });
    session.know(rigAfter([...running("hello", { config: { greeting: "hi" } }), ...manager({ hello: managedWorker({}), other: managedWorker({}) })]));
    session.press("2");
    expect(session.text()).toMatch(/── hello, enter shows all ─[\s\S]*pid 4711[\s\S]*── settings, e changes them ─[\s\S]*greeting +hi/);
    session.press("down");
    expect(session.text()).toContain("── other, enter shows all ─");
    const low = testSession({ rows: 14 });
    low.press("2");
    expect(low.text()).not.toContain("enter shows all");
  });

  it.each([[40, 12], [60, 20], [80, 24]])("can be read to its end, nothing cut: %i×%i", (columns, rows) => {
    const text = everything(detail({ columns, rows })).replace(/\s+/g, "");
    for (const part of ["3in60s(limit5)", "END", "REPORTED", "killedbySIGKILL", "Error:EACCES", "auto-detect"]) expect(text).toContain(part);
  });

  it("leads to its log and its settings, and copies what it is", () => {
    const session = detail();
    session.press("y");
    expect(session.copied[0]).toMatch(/^virtualdj_monitor running/);
    session.press("l");
    expect(session.text()).toContain("info and above · virtualdj_monitor");
    session.press("2", "return", "e");
    expect(session.text()).toContain("virtualdj_monitor › settings");
  });

  it("stops it only after a question", () => {
    const session = detail();
    session.press("s");
    expect(session.text()).toContain("Stop virtualdj_monitor?");
    expect(session.text()).toContain("pid 4711");
    session.press("s", "s", "y");
    expect(session.asked).toEqual(["stop virtualdj_monitor"]);
  });
});

import type { Condition, ManagedWorker, WorkerState } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { managedWorker, manager, noon, rigAfter, running } from "../../tui/test/rig-fixture.ts";
import type { RigEvent } from "../../tui/test/rig-fixture.ts";
import { testSession } from "../../tui/test/session-fixture.ts";
import { standing } from "../../tui/src/plain-lines.ts";
import { emptyTelemetry } from "../../tui/src/telemetry/snapshot.ts";
import { fleetFindings } from "../src/doctor/check-bus.ts";
import { fleetRows, summaryLines } from "../src/fleet.ts";
import { rigView } from "@vj/rig/manager";
import { changesBetween } from "../src/watch-status.ts";

interface Case {
  /** The manager's row; left out: the manager does not know the worker. */
  readonly managed?: Partial<ManagedWorker>;
  /** The worker's state; left out: it does not run. */
  readonly state?: WorkerState;
  readonly hasManager?: boolean;
  /** Its socket is left over. */
  readonly dead?: boolean;
  /** The word on every surface. */
  readonly word: string;
  readonly text?: string;
  readonly healthy: boolean;
}

const says = (condition: Condition): Pick<Case, "managed" | "state"> => ({ managed: { condition }, state: { status: "running", pid: 4711, condition } });
const exit = { code: 1, signal: null, reason: "no such device", at: noon / 1000 - 17, lines: [] };
const away = { running: false, pid: null } as const;

const cases: Readonly<Record<string, Case>> = {
  "all is well": { managed: {}, state: { status: "running", pid: 4711 }, word: "running", healthy: true },
  "the sound is gone": { ...says({ level: "degraded", text: "waiting for device", todo: "connect it" }), word: "degraded", text: "waiting for device", healthy: false },
  "a service is away": { ...says({ level: "degraded", text: "LRCLIB 504", since: noon / 1000 }), word: "degraded", text: "LRCLIB 504", healthy: false },
  "the targets file is broken": { ...says({ level: "degraded", text: "targets.json" }), word: "degraded", text: "targets.json", healthy: false },
  "it cannot do its job": { ...says({ level: "failed", text: "no decoder" }), word: "failed", text: "no decoder", healthy: false },
  "it has no account": { ...says({ level: "ok", text: "no account" }), word: "running", text: "no account", healthy: true },
  "it names another status": { managed: { condition: { level: "degraded", text: 'its status is "tuning"' } }, state: { status: "tuning", pid: 4711 }, word: "degraded", text: "tuning", healthy: false },
  "a person stopped it": { managed: { ...away, state: "stopped", stopped_by_request: true, detail: "stopped by you" }, word: "stopped by you", healthy: true },
  "it is off": { managed: { ...away, state: "stopped", enabled: false }, word: "stopped", text: "switched off", healthy: true },
  "it starts": { managed: { state: "starting", pid: 4711 }, word: "starting", healthy: false },
  "it hangs": { managed: { state: "unhealthy", detail: "no answer for 4 s" }, word: "unhealthy", text: "no answer for 4 s", healthy: false },
  "it died too often": { managed: { ...away, state: "failed", last_exit: exit, next_restart_at: noon / 1000 + 43 }, word: "failed", text: "next try in 43 s", healthy: false },
  "a foreign one answers": { state: { status: "running", pid: 4711 }, word: "running", healthy: true },
  "a foreign one is dead": { dead: true, word: "gone", text: "its process has ended", healthy: false },
  "a worker outlived its manager": { state: { status: "running", pid: 4711 }, hasManager: false, word: "running", healthy: false },
  "it died without a manager": { dead: true, hasManager: false, word: "gone", text: "its process has ended; nothing restarts it", healthy: false },
};

// Another worker runs, so that the rig is not idle.
const other = managedWorker({});

describe.each(Object.entries(cases))("when %s", (_, { managed, state, dead = false, hasManager = true, word, text = "", healthy }) => {
  const workers = { other, ...(managed === undefined ? {} : { hello: managedWorker(managed) }) };
  const found = dead ? { status: "dead" as const } : state === undefined ? undefined : { status: "alive" as const, state };
  const view = rigView(
    hasManager ? { status: "running", pid: 4711, workers, total_managed: 2 } : undefined,
    found === undefined ? {} : { hello: found },
  );
  const met: RigEvent[] = dead ? [{ type: "appeared", name: "hello" }, { type: "disconnected", name: "hello" }] : state === undefined ? [] : running("hello", state);
  const rig = rigAfter([...running("other"), ...met, ...(hasManager ? manager(workers) : [])]);

  it("vj status, its summary and --watch show it", () => {
    const row = fleetRows(view, noon / 1000).find(([name]) => name === "hello")?.join("  ") ?? "";
    expect(row).toContain(` ${word} `);
    expect(row).toContain(text);
    expect(view.rig.healthy).toBe(healthy);
    const [summary = ""] = summaryLines(view);
    expect(summary.startsWith("healthy")).toBe(healthy);
    expect(healthy || !hasManager || summary.includes("hello")).toBe(true);
    expect(changesBetween(undefined, view).find(({ worker }) => worker === "hello")).toMatchObject({ health: word });
  });

  it("doctor shows it", () => {
    const findings = fleetFindings(view).filter(({ subject }) => subject === "worker hello");
    const failed = findings.some(({ level }) => level === "fail");
    expect(failed).toBe(!healthy && hasManager || word === "gone");
    // A worker that is off by default gets no line.
    expect(findings).toHaveLength(word === "stopped" ? 0 : 1);
    expect(findings.every(({ found }) => found.includes(word))).toBe(true);
  });

  it.each([[120, 40], [100, 30], [80, 24], [60, 20], [40, 12]])("the TUI shows it, %i×%i", (columns, rows) => {
    const session = testSession({ columns, rows });
    session.know(rig, emptyTelemetry);
    const row = session.rows().find((line) => line.includes(" hello ")) ?? "";
    expect(row).toContain(word.slice(0, 8));
    expect(columns < 100 || row.includes(text.slice(0, 20))).toBe(true);
  });

  it("the counts of the TUI and plain lines show it", () => {
    const small = testSession({ columns: 30, rows: 9 });
    small.know(rig, emptyTelemetry);
    const { running: well, total, troubled, stoppedByYou } = view.rig;
    // Without a manager this command does not see the other worker, whose socket the TUI has found.
    expect(!hasManager || small.text().includes(`${well}/${total} running`)).toBe(true);
    expect(troubled.length === 0 || small.text().includes(`hello ${word}`)).toBe(true);
    expect(stoppedByYou.length === 0 || small.text().includes("1 stopped by you")).toBe(true);
    expect(standing(rig, emptyTelemetry, noon).get("hello")?.text).toMatch(new RegExp(`^${word}`));
  });
});

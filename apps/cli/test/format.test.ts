import type { WorkerState } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { stateOf } from "../src/commands/target.ts";
import { checkNode } from "../src/doctor/check-system.ts";
import { differences, sharedPorts } from "../src/doctor/check-targets.ts";
import { usedTargets } from "../src/doctor/worker-targets.ts";
import { formatFinding } from "../src/doctor/run-doctor.ts";
import { summaryLines } from "../src/fleet.ts";
import { nearSuggestions } from "../src/new-command.ts";
import { formatOsc, formatValues } from "../src/osc/osc-line.ts";
import { toSafeJson } from "../src/output.ts";
import { formatTable } from "../src/table.ts";

it("formatTable aligns columns and leaves nothing behind the last", () => {
  expect(formatTable(["NAME", "PID", ""], [["lamp", "7", ""], ["a_long_one", "12345", "x"]])).toEqual([
    "NAME        PID",
    "lamp        7",
    "a_long_one  12345  x",
  ]);
});

it("a table breaks its last column between words, or puts it below where little is left of a row", () => {
  const rows = [["lamp", "it has no current and waits for the mains"], ["fan", ""], ["光", "short"]];
  expect(formatTable(["NAME", "NOTE"], rows, 32)).toEqual(["NAME  NOTE", "lamp  it has no current and", "      waits for the mains", "fan", "光    short"]);
  expect(formatTable(["NAME", "NOTE"], rows, 26)).toEqual(["NAME  NOTE", "lamp", "  it has no current and", "  waits for the mains", "fan", "光    short"]);
});

it("toSafeJson escapes characters that could control a terminal and loses nothing", () => {
  const value = { text: "\u001b[31mred\u009b2J\u202eback\u200b" };
  const json = toSafeJson(value);
  expect(json).toBe('{"text":"\\u001b[31mred\\u009b2J\\u202eback\\u200b"}');
  expect(JSON.parse(json)).toEqual(value);
});

it("formatOsc shows address, tags and values without float noise", () => {
  const message = { address: "/x", tags: "f[ds]iT", args: [Math.fround(0.1), 0.123456789, "a b", 7, true] };
  expect(formatOsc(message, new Date(2026, 0, 1, 12, 4, 11, 5).getTime())).toBe('12:04:11.005 /x f[ds]iT 0.1 0.123456789 "a b" 7 true');
});

it.each([["v20.19.0", "ok"], ["v20.18.9", "fail"], ["v18.20.0", "fail"], ["v22.0.0", "ok"], ["v26.1.0", "ok"]])("node %s is %s", (version, level) => {
  expect(checkNode(version).level).toBe(level);
});

it("sharedPorts names addresses that two enabled targets send to", () => {
  const target = (name: string, port: number, enabled = true) => ({ name, host: "127.0.0.1", port, enabled });
  expect(sharedPorts([target("a", 9000), target("b", 9000), target("c", 7000), target("d", 7000, false), target("e", 9000)])).toEqual(["127.0.0.1:9000"]);
});

it("summaryLines names the workers in trouble, and counts the packages apart", () => {
  const rig = { healthy: false, idle: false, running: 5, total: 7, troubled: ["lamp"], busy: ["fan"], stoppedByYou: [] };
  const of = (problems: string[], more = {}): string | undefined => summaryLines({ rig: { ...rig, ...more }, manager: undefined, workers: {}, problems, warnings: [] })[0];
  const nobody = "; no process manager: crashed workers stay down";
  expect(of([])).toBe(`degraded: 1 in trouble, 1 on the way (lamp, fan)${nobody}`);
  expect(of(["a", "b"])).toBe(`degraded: 1 in trouble, 1 on the way (lamp, fan), 2 problems of the process manager${nobody}`);
  expect(of(["a"], { troubled: [], busy: [] })).toBe(`degraded: 1 problem of the process manager${nobody}`);
});

it("formatFinding puts the next step on a line of its own", () => {
  expect(formatFinding({ level: "ok", subject: "node", found: "v24" })).toEqual(["ok    node: v24"]);
  expect(formatFinding({ level: "warn", subject: "x", found: "y", fix: "do z" })).toEqual(["warn  x: y", "      -> do z"]);
});

describe("the targets that workers report", () => {
  const state = (targets: unknown): WorkerState => ({ status: "running", pid: 1, telemetry: { targets } });
  const flow = (port: number, more: Record<string, unknown> = {}) => ({ name: `p${port}`, host: "127.0.0.1", port, phase: "open", listening: true, sent: 5, ...more });

  it("are combined by address, whatever a worker reports", () => {
    const { targets, workers } = usedTargets({
      lamp: state([flow(7000), flow(9000, { sent: 0, listening: false })]),
      fan: state([flow(9000, { phase: "failed", dropped: 3 }), null, "nonsense", { host: 1 }]),
      odd: state("none"),
      old: { status: "running", pid: 2 },
    });
    expect(workers).toEqual(["fan", "lamp"]);
    expect(targets).toMatchObject([
      { place: "127.0.0.1:9000", name: "p9000", workers: ["fan", "lamp"], senders: ["fan"], refused: true, unreachable: ["fan"], sent: 5, dropped: 3 },
      { place: "127.0.0.1:7000", workers: ["lamp"], senders: ["lamp"], refused: false, unreachable: [] },
    ]);
  });

  it("listen when the packets of one worker arrive, whatever another saw before", () => {
    const { targets } = usedTargets({ lamp: state([flow(7000, { listening: false })]), fan: state([flow(7000)]) });
    expect(targets).toMatchObject([{ refused: false, sent: 10 }]);
  });

  it("say in one line what became of them: why a message does not arrive stands before the counts", () => {
    const stateAt = (more: Record<string, unknown>): string => stateOf(usedTargets({ lamp: state([flow(7000, more)]) }).targets[0]);
    expect(stateOf(undefined)).toBe("no worker sends to it");
    expect(stateAt({})).toBe("5 datagrams");
    expect(stateAt({ problem: "does not take telemetry: send EHOSTUNREACH", errors: 3 })).toBe("does not take telemetry: send EHOSTUNREACH (5 datagrams, 3 errors, 0 dropped)");
    // After a fault that is over only the counts are left.
    expect(stateAt({ problem: null, errors: 3 })).toBe("5 datagrams, 3 errors, 0 dropped");
    expect(stateAt({ listening: false })).toBe("nobody listens (5 datagrams)");
    expect(stateAt({ phase: "failed", problem: "cannot be reached: getaddrinfo ENOTFOUND" })).toBe("cannot be reached: getaddrinfo ENOTFOUND");
  });

  it("are compared with those that are configured here", () => {
    const { targets, workers } = usedTargets({ lamp: state([flow(7000)]), fan: state([flow(7000), flow(9000)]) });
    const configured = [7000, 8000, 9000].map((port) => ({ name: `p${port}`, host: "127.0.0.1", port, enabled: true }));
    expect(differences(configured, targets, workers).map(({ subject, found }) => `${subject}: ${found}`)).toEqual([
      "target p8000 (127.0.0.1:8000): configured here, but no target of fan, lamp",
      "target p9000 (127.0.0.1:9000): configured here, but no target of lamp",
    ]);
    expect(differences([], targets, workers).map(({ subject, found }) => `${subject}: ${found}`)).toEqual([
      "target p7000 (127.0.0.1:7000): not configured here, but a target of fan, lamp",
      "target p9000 (127.0.0.1:9000): not configured here, but a target of fan",
    ]);
    expect(differences(configured, [], [])).toEqual([]);
  });
});

it("formatValues writes as many values, and as much of each, as are of interest", () => {
  const tags = "T".repeat(65_000);
  const args = Array.from(tags, () => true);
  expect(formatValues({ tags, args }, 3)).toBe("true true true …");
  expect(formatValues({ tags: "sbf", args: ["x".repeat(1000), Array.from({ length: 1000 }, () => 7), 0.1] }, 4)).toBe('"xxxx" 7,7,7,7 0.1');
  // Once took time by the square of their number.
  expect(formatValues({ tags, args })).toHaveLength(5 * 65_000 - 1);
});

it("suggestions are words that begin as the typed one does", () => {
  const asked = (typed: string, suggested: string): string => nearSuggestions(`error: unknown command '${typed}'\n(Did you mean ${suggested}?)\n`);
  expect(asked("bogus", "logs")).toBe("error: unknown command 'bogus'\n");
  expect(asked("statsu", "status")).toContain("\n(Did you mean status?)\n");
  expect(asked("stot", "one of start, osc, stop")).toContain("\n(Did you mean one of start, stop?)\n");
  expect(nearSuggestions("error: unknown option '--jsn'\n(Did you mean --json?)\n")).toContain("(Did you mean --json?)");
  expect(nearSuggestions("error: missing required argument 'file'\n")).toBe("error: missing required argument 'file'\n");
});

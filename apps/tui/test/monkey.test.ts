import { connect } from "@vj/control";
import { needs, waitFor } from "@vj/test-kit";
import { fc } from "@vj/test-kit/properties";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { managerStateSchema } from "@vj/schema";
import { emptyRig } from "../src/rig/rig-state.ts";
import { emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { TestBus } from "./bus.ts";
import { runMonkey } from "./monkey.ts";
import { show } from "./rig-fixture.ts";
import { testSession, withoutStyles } from "./session-fixture.ts";
import { Terminal } from "./terminal.ts";

const keys = [
  ..."0123456789abcdefghijklmnopqrstuvwxzMQRGW/:!?+-.,[] <>".split(""),
  ...["up", "down", "left", "right", "pageup", "pagedown", "home", "end", "return", "escape", "tab", "shift+tab", "backspace", "ctrl+c", "ctrl+l", "ctrl+u", "ctrl+z", "alt+x", ""],
];
/** What a person, or somebody who throws the keyboard, may do; never `y`, the only key that says yes. */
const act = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...keys).map((key) => ({ kind: "key" as const, key })) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 30 }).map((text) => ({ kind: "paste" as const, text })) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("click" as const), column: fc.nat(210), row: fc.nat(62) }) },
  { weight: 1, arbitrary: fc.constantFrom("up" as const, "down" as const).map((direction) => ({ kind: "wheel" as const, direction })) },
  { weight: 1, arbitrary: fc.boolean().map((empty) => ({ kind: "rig" as const, empty })) },
);
const size = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) });

describe("any keys, pastes, clicks and changes of the rig, in any size", () => {
  it("give a picture of the right height and width, and stop nothing", () => {
    fc.assert(
      fc.property(size, fc.array(act, { minLength: 20, maxLength: 60 }), (terminal, acts) => {
        const { session, asked, know } = testSession(terminal);
        for (const step of acts) {
          const { rows: shown } = session.draw();
          const question = session.ui.overlay?.kind === "confirm" ? (shown.at(-1) ?? "") : "";
          // A click on the answer of a question says yes, too.
          if (step.kind === "click" && !question.includes("y")) session.click(step.column, step.row);
          if (step.kind === "key") session.press(step.key);
          if (step.kind === "paste") session.paste(step.text);
          if (step.kind === "wheel") session.wheel(step.direction);
          if (step.kind === "rig") know(step.empty ? emptyRig : show.rig, step.empty ? emptyTelemetry : show.telemetry);
          const { rows } = session.draw();
          expect(rows.length).toBeLessThanOrEqual(Math.max(1, terminal.rows - 1));
          for (const text of rows) expect(stringWidth(withoutStyles(text))).toBe(terminal.columns);
        }
        expect(asked.filter((what) => what.startsWith("stop"))).toEqual([]);
      }),
      { numRuns: Number(process.env["VJ_MONKEY_RUNS"] ?? 12) },
    );
  });
});

/** How long it goes on; `VJ_MONKEY_SECONDS=600` for ten minutes. */
const seconds = Number(process.env["VJ_MONKEY_SECONDS"] ?? 8);
const seed = Number(process.env["VJ_MONKEY_SEED"] ?? 1);

it("a monkey at a real rig whose workers are killed: no exception, no wrong height, nothing stopped, memory flat", { timeout: seconds * 1000 + 60_000, ...needs("tmux", "bash", "ps") }, async () => {
  await using bus = new TestBus();
  // A rig that runs already, for a longer look: its folder with bus, config, data and cache.
  const rig = process.env["VJ_MONKEY_RIG"];
  const env = rig === undefined ? bus.env : Object.fromEntries(Object.keys(bus.env).map((key) => [key, /VJ_(\w+)_DIR/.test(key) ? `${rig}/${key.slice(3, -4).toLowerCase()}` : "127.0.0.1:9"]));
  if (rig === undefined) bus.startManager();
  using terminal = new Terminal(env, 100, 30);
  await terminal.startTui();
  const client = await waitFor("the manager", () => connect("process_manager", { busDir: env["VJ_BUS_DIR"] ?? "" }).catch(() => undefined));
  const workers = async () => Object.entries(managerStateSchema.parse((await client.request("get_state")).data).workers);
  let pids: number[] = [];
  const looking = setInterval(() => void workers().then((all) => (pids = all.flatMap(([, { pid }]) => pid ?? [])), () => {}), 500);
  const report = await runMonkey({
    ...{ terminal, seconds, seed },
    disturb: (random) => {
      const pid = pids[Math.floor(random() * pids.length)];
      if (random() < 0.08 && pid !== undefined) kill(pid);
      if (random() < 0.1) terminal.resize(20 + Math.floor(random() * 180), 5 + Math.floor(random() * 55));
    },
  });
  clearInterval(looking);
  console.log(JSON.stringify({ ...report, faults: report.faults.length }));
  expect(report.faults).toEqual([]);
  expect(report.memory[1] - report.memory[0]).toBeLessThan(60);
  expect((await workers()).filter(([, { stopped_by_request: stopped }]) => stopped)).toEqual([]);
  await client.close();
});

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

import { describe, expect, it } from "vitest";
import { phaseOf, refusal } from "../src/index.ts";
import { VirtualRig } from "./virtual-rig.ts";

function started(rig: VirtualRig): VirtualRig {
  rig.send({ type: "start" });
  return rig;
}

describe("restart after a crash", () => {
  it("restarts the first time at once", () => {
    const rig = started(new VirtualRig());
    rig.advance(1500);
    expect(phaseOf(rig.state)).toBe("running");
    rig.die();
    expect(rig.times("spawn")).toEqual([0, 1500]);
    expect(rig.state.restartCount).toBe(1);
    expect(rig.state.lastExit).toEqual({ code: null, signal: "SIGKILL", reason: "killed by SIGKILL", at: 1500, lines: [] });
    expect(rig.state.crashes).toEqual([{ at: 1500, reason: "killed by SIGKILL" }]);
  });

  it("tries a worker that exits at once after 0, 1, 2, 4 and 8 s, then fails and tries once a minute", () => {
    const rig = new VirtualRig();
    rig.behaviour = { exitsAfter: 0 };
    started(rig);
    rig.advance(200_000);
    expect(rig.times("spawn")).toEqual([0, 0, 1000, 3000, 7000, 15_000, 75_000, 135_000, 195_000]);
    expect(phaseOf(rig.state)).toBe("failed");
    expect(rig.state.lastExit?.reason).toBe("exit code 1");
    expect(rig.done.filter(({ effect }) => effect.type === "log" && effect.level === "error")).toHaveLength(4);
  });

  it.each([
    [[0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000], 15_000],
    [[0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000], 50_000],
  ])("reaches the longest delay with a worker that lives for a while: %j", (delays, exitsAfter) => {
    const rig = new VirtualRig();
    rig.behaviour = { exitsAfter };
    started(rig);
    rig.advance(1_000_000);
    const spawns = rig.times("spawn");
    const waits = spawns.slice(1).map((time, index) => time - (spawns[index] ?? 0) - exitsAfter);
    expect(waits.slice(0, delays.length)).toEqual(delays);
    expect(rig.state.failed).toBe(false);
  });

  it("never tries again when the retry is switched off", () => {
    const rig = new VirtualRig({ retryFailedMs: 0 });
    rig.behaviour = { exitsAfter: 0 };
    started(rig);
    rig.advance(3_600_000);
    expect(rig.times("spawn")).toHaveLength(6);
    expect(rig.state.startAt).toBeNull();
    expect(phaseOf(rig.state)).toBe("failed");
  });

  it("has the whole budget again after 60 s of health, not a moment earlier", () => {
    for (const [health, attempts] of [[59_998, 4], [60_000, 1]] as const) {
      const rig = started(new VirtualRig());
      for (const wait of [2000, 2000, 4000]) {
        rig.advance(wait);
        rig.die();
      }
      rig.advance(2000 + 1000 + health);
      rig.die();
      expect(rig.state.attempts, `${health} ms of health`).toBe(attempts);
    }
  });

  it("leaves `failed` when a retry proves healthy", () => {
    const rig = new VirtualRig();
    rig.behaviour = { exitsAfter: 0 };
    started(rig);
    rig.advance(20_000);
    rig.behaviour = {};
    rig.advance(60_000);
    expect(phaseOf(rig.state)).toBe("running");
    expect(rig.state.failed).toBe(true);
    rig.advance(65_000);
    expect(rig.state.failed).toBe(false);
    rig.die();
    expect(phaseOf(rig.state)).toBe("starting");
  });

  it("reports the signal, the code and the last words", () => {
    const rig = started(new VirtualRig());
    rig.die({ code: 1, lastWords: "Error: no such device" });
    expect(rig.state.lastExit?.reason).toBe("exit code 1: Error: no such device");
    rig.advance(1000);
    rig.die({});
    expect(rig.state.lastExit?.reason).toBe("process gone");
  });

  it("counts two exits of one incarnation once", () => {
    const rig = started(new VirtualRig());
    rig.die({ code: 1 });
    rig.send({ type: "exited", incarnation: 1, code: 1, signal: null });
    expect(rig.state.restartCount).toBe(1);
    expect(rig.times("spawn")).toEqual([0, 0]);
  });
});

describe("hang", () => {
  it("is unhealthy 3 s after its last answer and killed after 10 s", () => {
    const rig = new VirtualRig();
    rig.behaviour = { hangsAfter: 5001 };
    started(rig);
    rig.advance(7999);
    expect(phaseOf(rig.state)).toBe("running");
    rig.advance(1);
    expect(phaseOf(rig.state)).toBe("unhealthy");
    rig.behaviour = {};
    rig.advance(6999);
    expect(rig.times("kill")).toEqual([]);
    rig.advance(1);
    expect(rig.times("kill")).toEqual([15_000]);
    expect(rig.times("spawn")).toEqual([0, 15_000]);
    expect(rig.state.lastExit?.reason).toBe("hung: no answer for 10 s");
    rig.advance(2000);
    expect(rig.logged().filter((line) => !line.includes("restart"))).toEqual([
      "info: running (pid 101)",
      "warn: unhealthy: hung: no answer for 3 s",
      "error: hung: no answer for 10 s; killing pid 101",
      "info: running (pid 102)",
    ]);
  });

  it("is killed again and again until the end of the process is known", () => {
    const rig = started(new VirtualRig());
    rig.advance(1000);
    rig.process = null;
    for (let asked = 0; asked < 10; asked++) rig.send({ type: "asked", incarnation: 1 });
    rig.advance(11_000);
    expect(rig.times("kill")).toEqual([1000, 6000, 11_000]);
  });

  it("replaces a worker that answers pings but sends no heartbeat: 15 s unhealthy, 30 s killed", () => {
    const rig = started(new VirtualRig());
    const ask = (): void => {
      rig.now += 1000;
      rig.send({ type: "asked", incarnation: 1 });
      rig.send({ type: "answered", incarnation: 1 });
    };
    // The first ping finds it up, so the silence is counted from the second.
    for (let asked = 0; asked < 16; asked++) ask();
    expect(phaseOf(rig.state)).toBe("running");
    ask();
    expect(phaseOf(rig.state)).toBe("unhealthy");
    for (let asked = 0; asked < 14; asked++) ask();
    expect(rig.times("kill")).toEqual([]);
    ask();
    expect(rig.times("kill")).toEqual([32_000]);
    expect(rig.state.lastExit?.reason).toBe("hung: no heartbeat for 30 s");
  });

  it("forgives a worker that answers again", () => {
    const rig = started(new VirtualRig());
    rig.advance(1000);
    for (let asked = 0; asked < 5; asked++) rig.send({ type: "asked", incarnation: 1 });
    expect(phaseOf(rig.state)).toBe("unhealthy");
    rig.send({ type: "answered", incarnation: 1 });
    expect(phaseOf(rig.state)).toBe("running");
    expect(rig.times("kill")).toEqual([]);
    rig.send({ type: "answered", incarnation: 1 });
    expect(rig.logged()).toEqual(["info: running (pid 101)", "warn: unhealthy: hung: no answer for 3 s", "info: healthy again"]);
  });

  it("does not count time in which the manager itself was frozen against its workers", () => {
    const rig = started(new VirtualRig());
    rig.advance(1000);
    rig.send({ type: "asked", incarnation: 1 });
    rig.now += 3_600_000;
    rig.send({ type: "asked", incarnation: 1 });
    rig.send({ type: "tick" });
    expect(phaseOf(rig.state)).toBe("running");
    expect(rig.times("kill")).toEqual([]);
  });

  it("replaces a worker that never comes up", () => {
    const rig = new VirtualRig();
    rig.behaviour = { neverComesUp: true };
    started(rig);
    rig.advance(20_000);
    expect(rig.times("kill")).toEqual([20_000]);
    expect(rig.state.lastExit?.reason).toBe("did not answer within 20 s of its start");
    expect(rig.state.restartCount).toBe(1);
  });
});

describe("requests", () => {
  it("stops with SIGTERM, and SIGKILL after 5 s", () => {
    const rig = new VirtualRig();
    rig.behaviour = { ignoresTerm: true };
    started(rig);
    rig.advance(2500);
    rig.send({ type: "stop" });
    rig.advance(100_000);
    expect(rig.times("terminate")).toEqual([2500]);
    expect(rig.times("kill")).toEqual([7500]);
    expect(rig.times("spawn")).toEqual([0]);
    expect(phaseOf(rig.state)).toBe("stopped");
    expect(rig.state.lastExit?.reason).toBe("stopped by request");
    expect(rig.state.crashes).toEqual([]);
  });

  it("repeats SIGKILL until the end of the process is known", () => {
    const rig = started(new VirtualRig());
    rig.process = null;
    rig.send({ type: "stop" });
    rig.advance(14_000);
    expect(rig.times("kill")).toEqual([5000, 10_000]);
  });

  it("restarts only after the old process is known to be gone", () => {
    const rig = new VirtualRig();
    rig.behaviour = { ignoresTerm: true };
    started(rig);
    rig.advance(2000);
    rig.send({ type: "restart" });
    rig.advance(4999);
    expect(rig.times("spawn")).toEqual([0]);
    rig.advance(1);
    expect(rig.times("spawn")).toEqual([0, 7000]);
    expect(rig.state.restartCount).toBe(0);
    expect(rig.state.attempts).toBe(0);
  });

  it("stops a worker that waits for its next restart, and starts a failed one at once", () => {
    const rig = new VirtualRig();
    rig.behaviour = { exitsAfter: 0 };
    started(rig);
    rig.advance(500);
    expect(phaseOf(rig.state)).toBe("backoff");
    rig.send({ type: "stop" });
    expect(phaseOf(rig.state)).toBe("stopped");
    rig.send({ type: "start" });
    rig.advance(30_000);
    expect(phaseOf(rig.state)).toBe("failed");
    rig.behaviour = {};
    rig.send({ type: "start" });
    expect(phaseOf(rig.state)).toBe("starting");
    expect(rig.state).toMatchObject({ failed: false, attempts: 0, restarts: [] });
  });

  it("starts again when asked to while it is still stopping", () => {
    const rig = new VirtualRig();
    rig.behaviour = { ignoresTerm: true };
    started(rig);
    rig.send({ type: "stop" });
    rig.send({ type: "start" });
    rig.die({ code: 0 });
    expect(phaseOf(rig.state)).toBe("starting");
  });

  it("gives the reason why a request makes no sense", () => {
    const rig = new VirtualRig();
    expect(refusal(rig.state, "stop")).toBe("not running");
    expect(refusal(rig.state, "start")).toBeNull();
    started(rig);
    expect(refusal(rig.state, "start")).toBe("already running (pid 101)");
    expect(refusal(rig.state, "stop")).toBeNull();
    expect(refusal(rig.state, "restart")).toBeNull();
  });
});

describe("adoption", () => {
  it("adopts a process that it did not start, and restarts it after its end", () => {
    const rig = new VirtualRig();
    rig.send({ type: "adopted", pid: 4711, answering: true });
    expect(rig.state.alive).toMatchObject({ pid: 4711, adopted: true });
    expect(phaseOf(rig.state)).toBe("running");
    expect(rig.times("spawn")).toEqual([]);
    rig.send({ type: "exited", incarnation: 1, code: null, signal: null });
    expect(rig.times("spawn")).toEqual([0]);
  });

  it("adopts the process to which a spawned one gave way", () => {
    const rig = started(new VirtualRig());
    rig.send({ type: "adopted", pid: 4711, answering: true, instead: 1 });
    expect(rig.state.alive).toMatchObject({ id: 2, pid: 4711, adopted: true });
    rig.send({ type: "exited", incarnation: 1, code: 3, signal: null });
    expect(rig.state.restartCount).toBe(0);
  });

  it("still stops it when the stop came before the adoption", () => {
    const rig = started(new VirtualRig());
    rig.process = null;
    rig.send({ type: "stop" });
    rig.send({ type: "adopted", pid: 4711, answering: true, instead: 1 });
    expect(rig.done.at(-1)?.effect).toEqual({ type: "terminate", incarnation: 2 });
  });

  it("ignores a second process while one is alive", () => {
    const rig = started(new VirtualRig());
    rig.send({ type: "adopted", pid: 4711, answering: true });
    expect(rig.state.alive?.pid).toBe(101);
  });

  it("shows an unwanted worker, and lets it hang and end", () => {
    const rig = new VirtualRig({}, false);
    rig.send({ type: "adopted", pid: 4711, answering: true });
    for (let asked = 0; asked < 40; asked++) rig.send({ type: "asked", incarnation: 1 });
    expect(phaseOf(rig.state)).toBe("unhealthy");
    rig.send({ type: "exited", incarnation: 1, code: null, signal: null });
    expect(phaseOf(rig.state)).toBe("stopped");
    expect(rig.times("kill")).toEqual([]);
    expect(rig.times("spawn")).toEqual([]);
  });

  it("kills an adopted process that never answered", () => {
    const rig = new VirtualRig();
    rig.send({ type: "adopted", pid: 4711, answering: false });
    expect(phaseOf(rig.state)).toBe("starting");
    for (let asked = 0; asked < 9; asked++) rig.send({ type: "asked", incarnation: 1 });
    expect(rig.times("kill")).toHaveLength(0);
    rig.send({ type: "asked", incarnation: 1 });
    expect(rig.times("kill")).toHaveLength(1);
  });
});

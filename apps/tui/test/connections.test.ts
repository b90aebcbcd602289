import type { WorkerEntry } from "@vj/rig";
import { describe, expect, it } from "vitest";
import { waitFor } from "@vj/test-kit";
import { openRig } from "../src/open-rig.ts";
import type { TuiRig } from "../src/open-rig.ts";
import type { RigState } from "../src/rig/rig-state.ts";
import { workerStatus } from "../src/rig/worker-status.ts";
import { TestBus } from "./bus.ts";

const seen = <T>(rig: TuiRig, what: string, probe: (state: RigState) => T | undefined | false): Promise<T> =>
  waitFor(what, () => probe(rig.store.get()));
const hello = ({ workers }: RigState): WorkerEntry | undefined => workers["hello"];
const word = (rig: TuiRig): string => workerStatus("hello", rig.store.get(), Date.now()).word;
const notices = (rig: TuiRig): string[] => rig.store.get().notices.map(({ text }) => text);

describe("a rig without a manager", () => {
  it("is found as it is: state, description, telemetry and logs of workers that run already", async () => {
    await using bus = new TestBus();
    bus.startHello();
    const rig = openRig({ wanted: "all", busDir: bus.busDir });
    try {
      const worker = await seen(rig, "a described worker", (state) => hello(state)?.description && hello(state)?.state && hello(state));
      expect(worker).toMatchObject({ link: "connected", state: { status: "running" }, description: { description: "Greets, and publishes the name over OSC" } });
      expect(word(rig)).toBe("running");
      await seen(rig, "its log", ({ logs }) => logs.some(({ source, text }) => source === "hello" && text.includes("started")));
    } finally {
      await rig.close();
    }
  });

  it("shows a worker that comes later, that it died, and the next one", async () => {
    await using bus = new TestBus();
    const rig = openRig({ wanted: "all", busDir: bus.busDir });
    try {
      const first = bus.startHello();
      const { state } = await seen(rig, "the worker", (known) => hello(known)?.state && hello(known));
      await first.kill("SIGKILL");
      await waitFor("its loss", () => word(rig) === "gone");
      bus.startHello();
      await seen(rig, "the next one", (known) => hello(known)?.state !== undefined && hello(known)?.state?.pid !== state?.pid);
      expect(word(rig)).toBe("running");
    } finally {
      await rig.close();
    }
  });

  it("forgets a worker that stopped in order", async () => {
    await using bus = new TestBus();
    const rig = openRig({ wanted: "all", busDir: bus.busDir });
    try {
      const worker = bus.startHello();
      await seen(rig, "the worker", (state) => hello(state)?.state);
      await worker.kill("SIGTERM");
      await seen(rig, "its end", (state) => hello(state) === undefined);
    } finally {
      await rig.close();
    }
  });

  it("changes settings of a worker, also of one that is away: saved, shown, and in force when it comes", async () => {
    await using bus = new TestBus();
    const places = { configDir: bus.dir.join("config"), cacheDir: bus.dir.join("cache") };
    const rig = openRig({ wanted: "all", busDir: bus.busDir, places: () => places });
    const greeting = (state: RigState): unknown => hello(state)?.state?.config?.["greeting"];
    try {
      const set = (greets: unknown): Promise<void> => rig.commands.send({ worker: "hello", cmd: "set_config", args: { greeting: greets }, shown: { greeting: greets } });
      await rig.commands.send({ worker: "hello", cmd: "greet", args: { name: "Ada" }, shown: {} });
      expect(notices(rig).at(-1)).toBe("hello is away: start it, then send greet again");
      await set("Ahoy");
      expect(notices(rig).at(-1)).toMatch(/^hello is away: saved.*not checked/);
      expect(rig.store.get().waiting).toEqual({ hello: { greeting: "Ahoy" } });
      bus.startHello();
      await seen(rig, "the new setting", (state) => greeting(state) === "Ahoy");
      await seen(rig, "nothing to wait for", ({ waiting }) => Object.keys(waiting).length === 0);
      await set("Hi");
      await seen(rig, "the next setting", (state) => greeting(state) === "Hi");
      expect(notices(rig).at(-1)).toMatch(/^hello: \w/);
      await set("");
      expect(rig.store.get().sent["hello"]).toMatchObject({ phase: "refused", issues: [{ path: "greeting" }] });
      await rig.commands.send({ worker: "hello", cmd: "greet", args: { name: "Ada" }, shown: {} });
      expect(rig.store.get().sent["hello"]).toMatchObject({ phase: "accepted", message: "Hi, Ada" });
    } finally {
      await rig.close();
    }
  });

  it("gets a manager with w where there is someone to start one, and a reason otherwise", async () => {
    await using bus = new TestBus();
    const helpless = openRig({ wanted: "all", busDir: bus.busDir });
    await helpless.commands.startAll();
    await helpless.commands.act("restart", "hello");
    await helpless.close();
    expect(notices(helpless)).toEqual(Array.from({ length: 2 }, () => "No process manager: start one with `vj up`"));

    const rig = openRig({ wanted: "all", busDir: bus.busDir, startManager: async () => void bus.startManager() });
    try {
      await rig.commands.startAll();
      await waitFor("the worker of the new manager", () => word(rig) === "running" && rig.store.get().managed?.["hello"]?.state === "running");
    } finally {
      await rig.close();
    }
    const broken = openRig({ wanted: "all", busDir: bus.dir.join("elsewhere"), startManager: () => Promise.reject(new Error("no disk")) });
    await broken.commands.startAll();
    await broken.close();
    expect(notices(broken)).toContain("The process manager does not start: no disk");
  });
});

describe("a rig with a manager", () => {
  it("restarts, stops and starts a worker on request, and tells how it went", async () => {
    await using bus = new TestBus();
    bus.startManager();
    const rig = openRig({ wanted: "all", busDir: bus.busDir });
    try {
      await waitFor("the worker", () => word(rig) === "running" && rig.store.get().managed?.["hello"]?.state === "running");
      const pid = hello(rig.store.get())?.state?.pid;

      const restarting = rig.commands.act("restart", "hello");
      expect(word(rig)).toBe("restarting");
      await restarting;
      await waitFor("the new process", () => word(rig) === "running" && ![undefined, pid].includes(hello(rig.store.get())?.state?.pid));
      expect(notices(rig).at(-1)).toMatch(/^(Restarted|Starting) hello/);

      await rig.commands.act("stop", "hello");
      await waitFor("the stop", () => word(rig) === "stopped by you");
      await rig.commands.act("start", "hello");
      await waitFor("the start", () => word(rig) === "running");

      await rig.commands.act("start", "hello");
      expect(rig.store.get().notices.at(-1)).toMatchObject({ level: "error", text: expect.stringContaining("hello is not started") });
      expect(word(rig)).toBe("running");
      await rig.commands.act("start", "nobody");
      expect(notices(rig).at(-1)).toContain('unknown worker "nobody"');

      await rig.commands.restartAll();
      expect(notices(rig).at(-1)).toBe("Restarted hello");
      await rig.commands.stopAll();
      await waitFor("all to stop", () => word(rig) === "stopped by you");
    } finally {
      await rig.close();
    }
  });

  it("shows the crash of a worker and its restart, and goes on without the manager", async () => {
    await using bus = new TestBus();
    const manager = bus.startManager();
    const rig = openRig({ wanted: "all", busDir: bus.busDir });
    const words = new Set<string>();
    rig.store.subscribe(() => words.add(word(rig)));
    try {
      const pid = await waitFor("the worker", () => word(rig) === "running" && hello(rig.store.get())?.state?.pid);
      await waitFor("the manager's word", () => rig.store.get().managed?.["hello"]?.state === "running");
      words.clear();
      process.kill(pid, "SIGKILL");
      await waitFor("the new process", () => word(rig) === "running" && ![undefined, pid].includes(hello(rig.store.get())?.state?.pid));
      expect([...words].some((word) => ["reconnecting", "backoff", "starting"].includes(word))).toBe(true);
      await waitFor("the count", () => rig.store.get().managed?.["hello"]?.restart_count === 1);

      await manager.kill("SIGKILL");
      await seen(rig, "no manager", ({ managed }) => managed === undefined);
      expect(word(rig)).toBe("running");
      bus.startManager();
      await seen(rig, "the worker adopted", ({ managed }) => managed?.["hello"]?.adopted);
    } finally {
      await rig.close();
    }
  });
});

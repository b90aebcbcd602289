import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isProcessAlive } from "@vj/control";
import { createLogger } from "@vj/worker";
import { spawnProcess, waitFor } from "@vj/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { watchCheckout } from "../src/dev/watch-checkout.ts";
import { VjRig, vjProgram } from "./vj-rig.ts";

afterEach(() => void vi.unstubAllEnvs());

describe("vj dev without a terminal", () => {
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("runs the rig with one line per change, and stops it on %s", async (signal) => {
    await using rig = new VjRig("lamp");
    const dev = rig.start("dev", "--no-watch");
    await dev.printed(/lamp running \(pid \d+\)/);
    expect(dev.output()).toMatch(/process manager started \(pid \d+\)/);
    const pids = rig.pids();
    expect(pids).toHaveLength(2);
    expect(await dev.kill(signal)).toEqual({ code: 0, signal: null });
    expect(pids.filter((pid) => isProcessAlive(pid))).toEqual([]);
  });

  it("leaves nothing behind when it is ended while it starts", async () => {
    await using rig = new VjRig("lamp");
    const dev = rig.start("dev", "--no-watch");
    await dev.printed(/process manager started/);
    expect(await dev.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(rig.pids()).toEqual([]);
  });

  it("treats a signal that comes twice at once as one", async () => {
    await using rig = new VjRig("lamp");
    const dev = rig.start("dev", "--no-watch");
    await dev.printed(/lamp running/);
    process.kill(dev.pid, "SIGINT");
    process.kill(dev.pid, "SIGTERM");
    expect(await dev.exited).toEqual({ code: 0, signal: null });
    expect(rig.pids()).toEqual([]);
  });

  it("stops the rig when its output is closed", async () => {
    await using rig = new VjRig("lamp");
    await using piped = spawnProcess("/bin/sh", ["-c", `"${process.execPath}" "${vjProgram}" dev --no-watch | head -n 1`], rig.env);
    expect(await piped.exited).toEqual({ code: 0, signal: null });
    await waitFor("every process to end", () => rig.pids().length === 0);
  });

  it("uses a running manager, reports that, and leaves it running", async () => {
    await using rig = new VjRig("lamp");
    await rig.run("up");
    const pids = rig.pids();
    const dev = rig.start("dev", "--no-watch");
    await dev.printed(/using the process manager that runs already \(pid \d+\)/);
    await dev.printed(/lamp running/);
    expect(await dev.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(rig.pids()).toEqual(pids);
  });

  it("leaves manager and workers running when it is killed", async () => {
    await using rig = new VjRig("lamp");
    const dev = rig.start("dev", "--no-watch");
    await dev.printed(/lamp running/);
    const pids = rig.pids();
    await dev.kill("SIGKILL");
    expect(rig.pids()).toEqual(pids);
    expect(await rig.run("down")).toMatchObject({ code: 0 });
    expect(rig.pids()).toEqual([]);
  });

  it("starts a new manager when the old one is killed; the workers go on", async () => {
    await using rig = new VjRig("lamp");
    const dev = rig.start("dev", "--no-watch");
    const pid = Number((await dev.printed(/lamp running \(pid (\d+)\)/))[1]);
    const [, manager] = await dev.printed(/process manager started \(pid (\d+)\)/);
    process.kill(Number(manager), "SIGKILL");
    await dev.printed(/the process manager died[^]*process manager started/);
    expect(await rig.until("lamp", "running")).toBe(pid);
    expect(await dev.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(rig.pids()).toEqual([]);
  });
});

it("rebuilds changed packages, and restarts the affected workers and no others", async () => {
  await using rig = new VjRig("lamp");
  await rig.run("up");
  vi.stubEnv("VJ_BUS_DIR", rig.env["VJ_BUS_DIR"]);
  const root = rig.dir.join("checkout");
  const file = (...parts: string[]): string => path.join(root, ...parts);
  const addPackage = (folder: string, manifest: Record<string, unknown>): void => {
    mkdirSync(file(folder, "src"), { recursive: true });
    writeFileSync(file(folder, "package.json"), JSON.stringify(manifest));
  };
  addPackage("packages/light", { name: "light" });
  addPackage("packages/sound", { name: "sound" });
  addPackage("apps/lamp", { name: "lamp", dependencies: { light: "1" }, vj: { worker: "lamp" } });
  // A compiler that finds a fault in any source with a certain text.
  const compiler = file("compiler.mjs");
  writeFileSync(
    compiler,
    `import { readFileSync } from "node:fs";
    const bad = readFileSync("packages/light/src/index.ts", "utf8").includes("fault");
    if (bad) console.log("index.ts(1,1): error TS1: there is a fault");
    process.exitCode = bad ? 1 : 0;`,
  );
  const bundler = file("bundler.mjs");
  writeFileSync(bundler, `import { appendFileSync } from "node:fs"; appendFileSync("bundled", process.argv.slice(2).join(" ") + "\\n");`);
  writeFileSync(file("packages/light/src/index.ts"), "1");

  const lines: string[] = [];
  const { log, close } = createLogger({ source: "dev", level: "info", busDir: rig.dir.join("bus"), file: "build.log", print: (line) => lines.push(line) });
  const stop = watchCheckout({ root, compiler, bundler }, log);
  // A slow worker is still starting when the manager answers.
  const restarts = (count: number): Promise<boolean> =>
    waitFor(`restart ${count}`, () => lines.filter((line) => /(Restarted|Starting) lamp/.test(line)).length === count, 60_000);
  const said = (text: string): Promise<boolean> => waitFor(text, () => lines.some((line) => line.includes(text)));
  const first = await rig.until("lamp", "running");

  writeFileSync(file("packages/light/src/index.ts"), "2");
  await restarts(1);
  expect(readFileSync(file("bundled"), "utf8")).toBe(`${file("apps/lamp")}\n`);
  const second = await rig.until("lamp", "running");
  expect(second).not.toBe(first);

  writeFileSync(file("packages/light/src/index.ts"), "fault");
  await said("there is a fault");
  await said("everything keeps running unchanged");
  expect(await rig.until("lamp", "running")).toBe(second);
  expect(readFileSync(file("bundled"), "utf8")).toBe(`${file("apps/lamp")}\n`);

  writeFileSync(file("packages/light/src/index.ts"), "4");
  await restarts(2);
  const third = await rig.until("lamp", "running");

  writeFileSync(file("packages/sound/src/index.ts"), "1");
  await said("built sound");
  expect(await rig.until("lamp", "running")).toBe(third);

  await rig.run("stop", "lamp");
  writeFileSync(file("packages/light/src/index.ts"), "5");
  await waitFor("a third build", () => lines.filter((line) => line.includes("built light")).length === 3);
  await stop();
  expect(await rig.worker("lamp")).toMatchObject({ state: "stopped" });
  await close();
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { launchersOf } from "../src/dev/launchers.ts";
import { VjRig, vjProgram } from "./vj-rig.ts";

it("finds the package runners above a process, up to the person's own shell", () => {
  const list = [
    "    1     0 /sbin/init",
    "  100     1 -bash",
    "  200   100 npm exec pnpm@10 dev",
    "  201   200 sh -c pnpm dev",
    "  202   201 node /home/x/.npm/_npx/1/node_modules/.bin/pnpm dev",
    "  203   202 sh -c turbo run build && node apps/cli/bin/vj.js dev",
    "  204   203 node apps/cli/bin/vj.js dev",
    "  300   100 node apps/cli/bin/vj.js dev",
    "  400     1 /usr/bin/pnpm-things/server",
    "  401   400 node vj.js dev",
  ].join("\n");
  expect(launchersOf(204, list)).toEqual([203, 202, 201, 200]);
  expect(launchersOf(300, list)).toEqual([]);
  expect(launchersOf(401, list)).toEqual([]);
  expect(launchersOf(7, "")).toEqual([]);
});

it("vj dev ends, with the rig, when the package runner above it is killed", async () => {
  await using rig = new VjRig("lamp");
  const env = { ...process.env, ...rig.env, npm_execpath: "/usr/lib/npx" };
  const runner = spawn("/bin/sh", ["-c", `"${process.execPath}" "${vjProgram}" dev --no-watch; true`], { env, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  runner.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await waitFor("the lamp to run", () => output.includes("lamp running"));
  expect(rig.pids()).toHaveLength(2);
  const ended = once(runner.stdout, "end");
  runner.kill("SIGKILL");
  await ended;
  expect(output).toContain("stopping the rig");
  expect(rig.pids()).toEqual([]);
});

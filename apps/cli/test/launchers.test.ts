import { spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { VjRig, vjProgram } from "./vj-rig.ts";

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

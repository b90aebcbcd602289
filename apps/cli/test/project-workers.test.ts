import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { VjRig } from "./vj-rig.ts";

it("up lists the workers of the project it runs in, off until they are started, and saves the project", async () => {
  await using rig = new VjRig();
  mkdirSync(rig.dir.join("show/node_modules"), { recursive: true });
  mkdirSync(rig.dir.join("show/visuals"));
  writeFileSync(rig.dir.join("show/package.json"), JSON.stringify({ name: "show", dependencies: { "@me/lamp": "1" } }));
  mkdirSync(rig.dir.join("show/node_modules/@me"));
  symlinkSync(`${import.meta.dirname}/fixtures/lamp`, rig.dir.join("show/node_modules/@me/lamp"));

  await rig.run("up");
  expect((await rig.run("status")).stdout).not.toContain("lamp");
  // Also with a running manager.
  rig.cwd = rig.dir.join("show/visuals");
  await rig.run("up");
  rig.cwd = undefined;
  const listed = await rig.run("status");
  expect(listed.stdout).toMatch(/^lamp +stopped .*switched off$/m);
  expect(listed.stdout).toContain(rig.dir.join("show"));
  expect(await rig.run("start", "lamp")).toMatchObject({ code: 0 });
  await rig.run("down");

  // A manager started elsewhere still has it.
  expect(await rig.run("up")).toMatchObject({ code: 0, stdout: expect.stringContaining("running: lamp\n") });
});

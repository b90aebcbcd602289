import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { compilerFlag } from "../src/compiler.ts";

/** What a process writes on standard error about a setting of V8. */
const reported = (setting: string): string => spawnSync(process.execPath, ["-e", `require("node:v8").setFlagsFromString(${JSON.stringify(setting)})`], { encoding: "utf8" }).stderr;

it("the setting of the compiler is known to this Node, which would else report it on the terminal", () => {
  const flag = compilerFlag();
  expect(flag === undefined ? "" : reported(flag)).toBe("");
  expect(reported("--no-such-setting")).not.toBe("");
});

it("the compiler is left alone where the setting is not known to exist", () => {
  expect(["18.20.0", "22.12.0", "30.0.0", ""].map((version) => compilerFlag(version))).toEqual([undefined, undefined, undefined, undefined]);
});

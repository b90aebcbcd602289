import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { compilerFlag } from "../src/compiler.ts";

/** What a process writes about a setting of V8. */
const complaint = (setting: string): string => spawnSync(process.execPath, ["-e", `require("node:v8").setFlagsFromString(${JSON.stringify(setting)})`], { encoding: "utf8" }).stderr;

it("the setting of the compiler is known to this Node, which would else complain on the terminal", () => {
  const flag = compilerFlag();
  expect(flag === undefined ? "" : complaint(flag)).toBe("");
  expect(complaint("--no-such-setting")).not.toBe("");
});

it("the compiler is left alone where the setting is not known to exist", () => {
  expect(["18.20.0", "22.12.0", "30.0.0", ""].map((version) => compilerFlag(version))).toEqual([undefined, undefined, undefined, undefined]);
});

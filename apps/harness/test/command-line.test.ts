import { readdirSync } from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const programs = path.join(import.meta.dirname, "..", "dist");
const names = readdirSync(path.join(import.meta.dirname, "..", "src")).filter((file) => file.endsWith("-main.ts")).map((file) => file.replace(/-main\.ts$/, ""));

/** How a program ends, and what it prints. */
function run(name: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [path.join(programs, `${name}-main.js`), ...args], { encoding: "utf8" });
}

describe.each(names)("the command line of %s", (name) => {
  it("--help shows an example", { timeout: 400_000 }, () => {
    expect(run(name, "--help")).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^Usage: [^]*\nExample:\n/) });
  });

  it.each([[["--no-such"]], [["word"]], [["--", "--help"]]])("%j is refused with 64, the reason, and the way to the help", { timeout: 400_000 }, (args) => {
    expect(run(name, ...args)).toMatchObject({ status: 64, stdout: "", stderr: expect.stringMatching(/^error: .*\n\n?\(add --help for the options and an example\)\n$/) });
  });
});

it.each(["chaos", "fuzz"])("the help of %s is the same each time: a seed that is made anew is not its default", { timeout: 400_000 }, (name) => {
  const { stdout } = run(name, "--help");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain("--seed <n> repeats the run that printed this seed (default: a new one each time)");
});

it.each([
  ["chaos", ["--faults"], "argument missing"],
  ["chaos", ["--faults", "0"], "from 1 to 1000000"],
  ["chaos", ["--only", "no such kind"], "there are: kill -9 worker"],
  ["fuzz", ["--seed", "-1"], "from 0 to 4294967295"],
  ["soak", ["--compressed", "soon"], "write a duration up to 168h"],
  ["soak", ["--minutes", "1", "--warm-up", "2"], "2 minutes of warm-up leave nothing of 1 to measure"],
  ["link", ["--minutes", "x"], "write minutes as a number, or a duration"],
  ["link", ["--keep", import.meta.filename], "something is there already; nothing is overwritten"],
  ["link", ["--keep", path.join(import.meta.dirname, "none/seen.json")], "does not exist"],
  ["soak", ["--warm-up", "0"], "it must be longer than 0"],
])("%s %j is refused with 64", { timeout: 400_000 }, (name, args, reason) => {
  expect(run(name, ...args)).toMatchObject({ status: 64, stdout: "", stderr: expect.stringContaining(reason) });
});

it("words that are quoted cannot control the terminal", { timeout: 400_000 }, () => {
  const { status, stderr } = run("chaos", "\u001b[31mred", "--\u001b]0;title\u0007x");
  expect(status).toBe(64);
  expect(stderr.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

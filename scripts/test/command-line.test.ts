import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** How a script ends, and what it prints. */
function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}

describe("the command line of a script", () => {
  it.each([
    [["scripts/sbom.mjs", "--no-such"], "Unknown option '--no-such'"],
    [["scripts/mutate/main.mjs", "--most", "x"], "--most takes a whole number of at least 1, not x"],
    [["scripts/mutate/main.mjs", "none.ts"], "none.ts does not exist"],
    [["scripts/matrix.mjs", "--node", "abc"], "abc is not a version of Node"],
    [["bench/compare.mjs"], "give one commit or folder"],
  ])("%j is refused with the reason and the way to the help", (args, reason) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/\n\(add --help for names and options\)\n$/);
    expect(status).toBe(64);
  });

  it("--help changes nothing", () => {
    expect(run("scripts/api-docs/main.mjs", "--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: pnpm api-docs\n/) });
  });

  it("is read in one place, so that every refusal looks like that", () => {
    const files = ["scripts", "bench"].flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`));
    const own = files.filter((file) => file.endsWith(".mjs") && /\bparseArgs\b/.test(readFileSync(path.join(root, file), "utf8")));
    // The registry of publish:check is started with the options of verdaccio, by a script.
    expect(own.toSorted()).toEqual(["scripts/command-line.mjs", "scripts/packages/small-registry.mjs"]);
  });
});

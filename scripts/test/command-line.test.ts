import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { needs } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** How a script ends, and what it prints. */
function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}

const files = ["scripts", "bench"].flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`));

/** Scripts that a person starts: they read a command line. */
const programs = files.filter((file) => file.endsWith(".mjs") && /^import \{[^}]*\bread(?:CommandLine|Names|Options)\b[^}]*\} from "[./a-z]*\/command-line\.mjs";$/m.test(readFileSync(path.join(root, file), "utf8")) && !file.endsWith("/song-reader.mjs"));
const pythonPrograms = files.filter((file) => file.startsWith("scripts/train-beats/") && file.endsWith(".py") && readFileSync(path.join(root, file), "utf8").includes("if __name__ == '__main__':"));

describe("the command line of a script", () => {
  it.each([
    [["scripts/sbom.mjs", "--no-such"], "Unknown option '--no-such'"],
    [["scripts/mutate/main.mjs", "--most", "x"], "--most takes a whole number of at least 1, not x"],
    [["scripts/mutate/main.mjs", "none.ts"], "none.ts does not exist"],
    [["scripts/matrix.mjs", "--node", "abc"], "abc is not a version of Node"],
    [["scripts/mutate/main.mjs", "--most"], "--most <value>' argument missing"],
    [["scripts/cases/main.mjs", "no-such-case"], "no case has no-such-case in its name"],
    [["scripts/packages/pack.mjs"], "give one folder for the tarballs"],
    [["scripts/packages/publish.mjs", "--missing", "folder"], "give one folder of tarballs, or --missing"],
    [["bench/compare.mjs"], "give one commit or folder"],
    [["bench/main.mjs", "--quick=1"], "does not take an argument"],
    [["bench/main.mjs", "--", "--quick"], "unknown name --quick"],
    [["bench/main.mjs", "\u001b[31mred"], "unknown name  [31mred"],
  ])("%j is refused with the reason and the way to the help", { timeout: 400_000 }, (args, reason) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stderr).toMatch(/\n\(add --help for names and options\)\n$/);
    expect(status).toBe(64);
  });

  it("--help changes nothing", { timeout: 400_000 }, () => {
    expect(run("scripts/api-docs/main.mjs", "--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: pnpm api-docs\n/) });
  });

  // Some load the whole analyzer first, which takes a minute on a machine that is loaded many times over.
  it.each(programs)("of %s refuses an unknown option with 64, and prints nothing else", { timeout: 400_000 }, (file) => {
    const { status, stdout, stderr } = run(file, "--no-such");
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^(?:unknown|Unknown option) [^\n]*--no-such[^\n]*\n\(add --help for names and options\)\n$/i);
    expect(status).toBe(64);
  });

  it.each(pythonPrograms)("of %s is refused with 64, too", { timeout: 400_000, ...needs("python3") }, (file) => {
    // The programs need numpy and jax, which few have; how they read their words needs neither.
    const [, check] = /^ {4}(check_words\(.*\))$/m.exec(readFileSync(path.join(root, file), "utf8")) ?? [];
    expect(check, "begin with check_words").toBeDefined();
    const code = `__doc__ = 'usage'\nimport sys; sys.path.insert(0, 'scripts/train-beats')\nfrom words import check_words\n${check}`;
    for (const args of [["--no-such"], []]) expect(spawnSync("python3", ["-c", code, ...args], { cwd: root, encoding: "utf8" })).toMatchObject({ status: 64, stdout: "", stderr: expect.stringMatching(/\(add --help for names and options\)\n$/) });
  });

  it("is read in one place, so that every refusal looks like that", () => {
    // The registry of publish:check is started with the options of verdaccio, the build before anything is installed; both by scripts, as are
    // the parts of the benches and the peers of osc:foreign.
    const parts = [/^scripts\/packages\/small-registry\.mjs$/, /^scripts\/build\/(?:main|then)\.mjs$/, /^scripts\/foreign-osc\/pd-peer\.mjs$/, /^bench\/(?!main|compare\.mjs)/];
    const own = files.filter((file) => file.endsWith(".mjs") && /\bparseArgs\b|process\.argv(?!\[1\] ===)/.test(readFileSync(path.join(root, file), "utf8")));
    expect(own.filter((file) => file !== "scripts/command-line.mjs" && !parts.some((part) => part.test(file)))).toEqual([]);
  });
});

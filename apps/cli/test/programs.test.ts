import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { tempDir, tempEnvironment } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const apps = path.resolve(import.meta.dirname, "../..");

const programs = readdirSync(apps).flatMap((app) => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(apps, app, "package.json"), "utf8"));
  const { version, bin } = z.object({ version: z.string(), bin: z.record(z.string(), z.string()).default({}) }).parse(manifest);
  return Object.entries(bin).map(([name, file]) => ({ name, file: path.join(apps, app, file), version }));
});

interface Outcome {
  code: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

function run(file: string, args: string[], env: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [file, ...args], { env: { ...process.env, ...env }, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe.each(programs)("$name", ({ file, version }) => {
  it("answers --help and --version, and refuses unknown options, without starting", async () => {
    await using dir = tempDir();
    const env = tempEnvironment(dir);
    const [help, short, number, option, word] = await Promise.all(
      ["--help", "-h", "--version", "--nonsense", "nonsense"].map((arg) => run(file, [arg], env)),
    );
    expect(help).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage: /), stderr: "" });
    expect(help?.stdout).toMatch(/Examples?:/);
    expect(short?.stdout).toBe(help?.stdout);
    expect(number).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect(option).toMatchObject({ code: 64, stdout: "", stderr: expect.stringMatching(/unknown option.*nonsense.*\n.*--help/i) });
    expect(word).toMatchObject({ code: 64, stdout: "", stderr: expect.stringMatching(/nonsense.*[^]*--help/) });
    expect(readdirSync(dir.path)).toEqual([]);
  });

  it("reports that it is not built yet", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("bin"));
    const copy = dir.join("bin", path.basename(file));
    cpSync(file, copy);
    cpSync(path.join(path.dirname(file), "../package.json"), dir.join("package.json"));
    const outcome = await run(copy, ["--help"], {});
    expect(outcome).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/build first: npx -y pnpm@10 build\n$/) });
    expect(outcome.stderr).not.toMatch(/\n {4}at /);
  });
});

import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { run } from "../packages/commands.mjs";
import { pnpmCommand } from "../pnpm.mjs";

it("pnpm is the one that runs a script, else one of npx; another package manager is not taken for it", () => {
  const byNpx = ["npx", "--prefer-offline", "-y", "pnpm@10"];
  expect(pnpmCommand({ npm_execpath: "/lib/pnpm/bin/pnpm.cjs" })).toEqual([process.execPath, "/lib/pnpm/bin/pnpm.cjs"]);
  expect(pnpmCommand({ npm_execpath: "/opt/pnpm" })).toEqual(["/opt/pnpm"]);
  expect(pnpmCommand({ npm_execpath: "/lib/npm/bin/npm-cli.js" })).toEqual(byNpx);
  expect(pnpmCommand({ npm_execpath: "/lib/pnpm/yarn.js" })).toEqual(byNpx);
  expect(pnpmCommand({})).toEqual(byNpx);
});

it("scripts that run pnpm need none in the search path", async () => {
  await using dir = tempDir();
  const program = (name: string): void => {
    const file = path.join(dir.path, name);
    writeFileSync(file, `#!/bin/sh\necho ${name} "$@"\n`);
    chmodSync(file, 0o755);
  };
  const env = { PATH: dir.path, npm_execpath: "" };
  expect(() => run("pnpm", ["pack"], dir.path, env)).toThrow("npx is not installed");
  program("npx");
  expect(run("pnpm", ["pack", "--pack-destination", "a b"], dir.path, env)).toBe("npx --prefer-offline -y pnpm@10 pack --pack-destination a b\n");
  program("pnpm");
  expect(run("pnpm", ["pack"], dir.path, env)).toBe("pnpm pack\n");
});

import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const planSchema = z.object({ releases: z.array(z.object({ name: z.string(), type: z.string() })) });
const planner = z.object({ default: z.custom<(folder: string) => Promise<unknown>>((value) => typeof value === "function") });
/** A CommonJS module with a default of its own: within the default of its import, or merged with it. */
const moduleSchema = z.union([planner, z.object({ default: planner }).transform((outer) => outer.default)]);

/** The workspace as changesets see it, with one changeset. */
function workspaceWith(folder: string, changed: string): void {
  const manifests = ["packages", "apps"].flatMap((kind) => readdirSync(path.join(root, kind)).map((name) => `${kind}/${name}/package.json`));
  for (const file of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json", ...manifests]) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    cpSync(path.join(root, file), path.join(folder, file));
  }
  writeFileSync(path.join(folder, ".changeset/one.md"), `---\n"${changed}": patch\n---\n\nA fault is mended.\n`);
}

it("a change of one package raises every program whose file contains it, though its range still fits", async () => {
  await using folder = tempDir();
  workspaceWith(folder.path, "@vj/telemetry");
  // It reads no history, so that it needs no git.
  const require = createRequire(createRequire(import.meta.url).resolve("@changesets/cli/package.json"));
  const loaded: unknown = await import(pathToFileURL(require.resolve("@changesets/get-release-plan")).href);
  const plan = planSchema.parse(await moduleSchema.parse(loaded).default(folder.path));
  const raised = plan.releases.filter(({ type }) => type === "patch").map(({ name }) => name);
  expect(raised).toEqual(expect.arrayContaining(["@vj/telemetry", "@vj/worker", "@vj/rig", "@vj/audio-analyzer", "@vj/osc-debugger", "@vj/cli"]));
  expect(raised).not.toContain("@vj/audio");
  expect(raised).not.toContain("@vj/contract");
});

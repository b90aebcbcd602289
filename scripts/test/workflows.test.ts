// The workflows run elsewhere, so what can be known of them here is checked: rights, hashes, and that each step's command exists.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, ".github/workflows");
const permissionsSchema = z.record(z.string(), z.string());
const stepSchema = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
});
const jobSchema = z.looseObject({
  needs: z.union([z.string(), z.array(z.string())]).default([]),
  uses: z.string().optional(),
  permissions: permissionsSchema.default({}),
  "timeout-minutes": z.number().optional(),
  steps: z.array(stepSchema).default([]),
});
const workflowSchema = z.looseObject({ on: z.looseObject({}), permissions: permissionsSchema, jobs: z.record(z.string(), jobSchema) });

// The parser of one of the apps: the root has none of its own.
const yaml = z.object({ load: z.custom<(text: string) => unknown>((value) => typeof value === "function") }).parse(
  await import(pathToFileURL(createRequire(path.join(root, "apps/lyrics-fetcher/package.json")).resolve("js-yaml")).href),
);
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
const files = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), "utf8");
  return { ...workflowSchema.parse(yaml.load(text)), name, text };
});
const jobs = files.flatMap(({ name, jobs: all }) => Object.entries(all).map(([job, given]) => ({ place: `${name}, ${job}`, ...given })));
const steps = jobs.flatMap(({ place, steps: all }) => all.map((step) => ({ place, ...step })));

/** What each command of a step needs that is not there: a script of the root, a program of its dependencies, a file, an option. */
function lacks(run: string): string[] {
  return [...run.matchAll(/\b(pnpm|node) +(\S+)([^\n)&|;]*)/g)].flatMap(([, program = "", word = "", rest = ""]) => {
    if (program === "pnpm" && word === "install") return [];
    const script = scripts[word];
    if (program === "pnpm" && script === undefined) return existsSync(path.join(root, "node_modules/.bin", word)) ? [] : [`pnpm ${word}`];
    const file = program === "node" ? word : /(?:^|&& )node (\S+)[^&]*$/.exec(script ?? "")?.[1];
    if (file === undefined) return [];
    if (!existsSync(path.join(root, file))) return [file];
    const source = readFileSync(path.join(root, file), "utf8");
    return [...rest.matchAll(/ --([a-z-]+)/g)].map(([, option = ""]) => option).filter((option) => !source.includes(option)).map((option) => `${file} --${option}`);
  });
}

it("finds what a step's command lacks", () => {
  expect(lacks("pnpm install --frozen-lockfile\npnpm test\npnpm changeset tag\nnode scripts/packages/pack.mjs tarballs\npnpm matrix --tarballs x")).toEqual([]);
  expect(lacks("pnpm no-such\nnode scripts/none.mjs\npnpm matrix --no-such x")).toEqual(["pnpm no-such", "scripts/none.mjs", "scripts/matrix.mjs --no-such"]);
});

it.each(steps.filter(({ run }) => run !== undefined))("$place: what runs exists: $run", ({ run = "" }) => {
  expect(lacks(run)).toEqual([]);
  expect(run, "what others can write does not belong into a script").not.toMatch(/\$\{\{\s*github\.(?:event|head_ref)/);
});

describe.each(files)("$name", ({ text, on, permissions, jobs: all }) => {
  it("may read, and nothing else, unless a job says so", () => {
    expect(permissions).toEqual({ contents: "read" });
    expect(Object.keys(on)).not.toContain("pull_request_target");
  });

  it("pins each action by the hash of a commit, with its version beside it", () => {
    for (const [, action = "", after = ""] of text.matchAll(/uses: ([^.\s]\S*)(.*)/g)) expect(`${action}${after}`).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("waits for jobs that it has, and for none without end", () => {
    const names = Object.keys(all);
    for (const { needs, uses, ...job } of Object.values(all)) {
      expect([needs].flat().filter((name) => !names.includes(name))).toEqual([]);
      expect(uses === undefined ? (job["timeout-minutes"] ?? 0) > 0 : existsSync(path.join(root, uses))).toBe(true);
    }
  });
});

it("lets two jobs write: the one that publishes and tags, and the one that opens the pull request", () => {
  const writers = jobs.filter(({ permissions }) => Object.keys(permissions).length > 0).map(({ place, permissions }) => [place, permissions]);
  expect(writers).toEqual([
    ["release.yml, publish", { contents: "write", "id-token": "write" }],
    ["release.yml, versions", { contents: "write", "pull-requests": "write" }],
  ]);
});

it("keeps the right to push from every job that does not push", () => {
  const readers = jobs.filter(({ permissions }) => permissions["contents"] !== "write").flatMap(({ steps: all }) => all);
  const checkouts = readers.filter(({ uses }) => uses?.startsWith("actions/checkout@") === true);
  expect(checkouts.length).toBeGreaterThan(1);
  for (const { with: given } of checkouts) expect(given["persist-credentials"]).toBe(false);
});

it("takes one version of each action everywhere, and one secret: the token of the run", () => {
  const actions = new Map<string, Set<string>>();
  for (const { uses = "" } of steps) {
    const [name = "", hash = ""] = uses.split("@");
    if (hash !== "") actions.set(name, (actions.get(name) ?? new Set()).add(hash));
  }
  expect([...actions].filter(([, hashes]) => hashes.size > 1)).toEqual([]);
  expect(files.flatMap(({ text }) => [...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))).toEqual(["GITHUB_TOKEN"]);
});

it("publishes what was tested: the job that publishes waits for the whole CI and for the tarballs that were tried", () => {
  const release = files.find(({ name }) => name === "release.yml")?.jobs ?? {};
  expect([release["publish"]?.needs].flat().toSorted()).toEqual(["packages", "test"]);
  expect(release["test"]?.uses).toBe("./.github/workflows/ci.yml");
  const commands = (job: string): string[] => (release[job]?.steps ?? []).flatMap(({ run = [] }) => run);
  expect(commands("packages")).toEqual(expect.arrayContaining(["pnpm matrix --tarballs tarballs", "pnpm sbom --tarballs tarballs"]));
  expect(commands("publish")).toContain("node scripts/packages/publish.mjs tarballs --provenance");
});

it("runs in CI what keeps the checkout clean: the suite, unused code and dependencies, packages from a registry", () => {
  const commands = steps.filter(({ place }) => place.startsWith("ci.yml")).flatMap(({ run = [] }) => run);
  expect(commands).toEqual(expect.arrayContaining(["pnpm test", "pnpm unused", "pnpm pack:check --built"]));
});

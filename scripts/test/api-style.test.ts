import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Source files of the packages or the apps, from the root. */
function sourcesIn(top: "packages" | "apps"): string[] {
  const folders = readdirSync(path.join(root, top)).map((name) => `${top}/${name}/src`);
  return folders.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`)).filter((file) => /\.tsx?$/.test(file));
}

/** Errors without a code that reach no caller of a package, with the reason. */
const inside: Readonly<Record<string, string>> = {
  "packages/audio/src/net/kernel.ts": "the layers of a network in the package itself do not fit each other",
  "packages/audio/src/net/tensors.ts": "the weights in the package itself are incomplete",
  "packages/control/src/requests.ts": "a thrown value that is not an error",
  "packages/playback/src/follow-worker.ts": "caught in the same file",
  "packages/worker/src/change-queue.ts": "a thrown value that is not an error",
  "packages/worker/src/condition-clock.ts": "caught in the same function",
  "packages/worker/src/run-worker.ts": "reported as a crash, not thrown",
};

it("a package throws errors with a code, so that programs need not compare messages", () => {
  const files = sourcesIn("packages").filter((file) => !file.startsWith("packages/test-kit/"));
  const plain = files.filter((file) => /\bnew (?:Range|Type|Syntax)?Error\(/.test(textOf(file)));
  expect(files.length).toBeGreaterThan(200);
  expect(plain.sort()).toEqual(Object.keys(inside));
});

it("what a signal cancels rejects with a code, not with the bare reason of the signal", () => {
  const exported = [...sourcesIn("packages"), "analyze-file", "decode-file", "list-devices"].map((file) => (file.includes("/") ? file : `apps/audio-analyzer/src/capture/${file}.ts`));
  expect(exported.filter((file) => textOf(file).includes("throwIfAborted("))).toEqual([]);
});

it("a function that another file calls takes flags by name: f(x, { cut: true }), not f(x, true)", () => {
  const flag = /^export (?:async )?function (\w+)(?:<[^(]*>)?\((?:[^{)]|\{[^}]*\})*\b\w+(?:\?: boolean|(?:: boolean)? = (?:true|false))[,)]/gm;
  const found = [...sourcesIn("packages"), ...sourcesIn("apps")].flatMap((file) => Array.from(textOf(file).matchAll(flag), ([, name]) => `${file} ${name}`));
  expect(found).toEqual([]);
});

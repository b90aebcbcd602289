import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Errors without a code that reach no caller of a package, with the reason. */
const inside: Readonly<Record<string, string>> = {
  "packages/audio/src/rhythm/activation/tensors.ts": "the weights in the package itself are incomplete",
  "packages/control/src/requests.ts": "a thrown value that is not an error",
  "packages/playback/src/follow-worker.ts": "caught in the same file",
  "packages/worker/src/change-queue.ts": "a thrown value that is not an error",
  "packages/worker/src/condition-clock.ts": "caught in the same function",
  "packages/worker/src/run-worker.ts": "reported as a crash, not thrown",
};

it("a package throws errors with a code, so that programs need not compare messages", () => {
  const folders = readdirSync(path.join(root, "packages")).filter((name) => name !== "test-kit").map((name) => path.join(root, "packages", name, "src"));
  const files = folders.flatMap((dir) => readdirSync(dir, { recursive: true, encoding: "utf8" }).map((file) => path.join(dir, file))).filter((file) => file.endsWith(".ts"));
  const plain = files.filter((file) => /\bnew (?:Range|Type|Syntax)?Error\(/.test(readFileSync(file, "utf8")));
  expect(files.length).toBeGreaterThan(200);
  expect(plain.map((file) => path.relative(root, file)).sort()).toEqual(Object.keys(inside));
});

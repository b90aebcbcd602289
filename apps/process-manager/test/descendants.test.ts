import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { identify } from "@vj/control";
import { needs } from "@vj/test-kit";
import { createDescendants } from "../src/descendants.ts";

afterEach(() => void vi.restoreAllMocks());

it("of a process with many names are looked for at most every 0.4 s", needs("proc"), async () => {
  const child = spawn("/bin/sh", ["-c", "sleep 60 & echo started; read -r go; sleep 60 & echo more; wait"], { stdio: ["pipe", "pipe", "inherit"], detached: true });
  onTestFinished(() => void process.kill(-(child.pid ?? 0), "SIGKILL"));
  await once(child.stdout, "data");
  const owner = identify(child.pid ?? 0);
  if (owner === undefined) throw new Error("the process is gone");
  const lookFor = createDescendants();
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now);
  const first = lookFor(owner);
  expect(first.list).toHaveLength(1);
  child.stdin.write("go\n");
  await once(child.stdout, "data");
  expect(lookFor(owner)).toBe(first);
  expect(lookFor({ ...owner, start: owner.start + 1 }).list).toEqual([]);
  vi.mocked(performance.now).mockReturnValue(now + 1000);
  const later = lookFor(owner);
  expect(later.list).toHaveLength(2);
  expect(lookFor(owner)).toBe(later);
  expect(lookFor(owner, { isFresh: true })).not.toBe(later);
});

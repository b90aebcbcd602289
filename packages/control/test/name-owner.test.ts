import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { needs, tempDir } from "@vj/test-kit";
import { forgetChild, identify, nameOwner, nameOwners, recordChild, serve } from "../src/index.ts";

const onCommand = () => ({ type: "response", data: {} }) as const;

it("is the process that holds the lock, not one that got its pid later", async () => {
  await using dir = tempDir();
  expect(nameOwner(dir.join("nowhere"), "a")).toBeUndefined();
  const server = await serve({ path: dir.join("a.sock"), onCommand });
  expect(nameOwner(dir.path, "a")).toEqual(identify(process.pid));
  expect([...nameOwners(dir.path)]).toEqual([["a", identify(process.pid)]]);
  expect(nameOwner(dir.path, "b")).toBeUndefined();
  await server.close();
  expect(nameOwner(dir.path, "a")).toBeUndefined();
  writeFileSync(dir.join(`a.${process.pid}.1.lock`), "held");
  writeFileSync(dir.join(`a.${process.pid}.0.lock`), "held");
  expect(nameOwner(dir.path, "a")).toBeUndefined();
});

it("a lock of an earlier boot, of another start time or without any blocks nobody", needs("proc"), async () => {
  await using dir = tempDir();
  const parent = identify(process.ppid);
  const own = identify(process.pid);
  const earlierBoot = "held 00000000-0000-0000-0000-000000000000";
  // Living processes, some even with the right start time, but of another boot.
  writeFileSync(dir.join(`a.${parent?.pid}.${parent?.start}.lock`), earlierBoot);
  writeFileSync(dir.join(`a.${own?.pid}.${own?.start}.lock`), earlierBoot);
  writeFileSync(dir.join(`a.${parent?.pid}.0.lock`), "held");
  writeFileSync(dir.join(`a.1.1.lock`), "held");
  writeFileSync(dir.join(`a.${parent?.pid}.${(parent?.start ?? 0) + 1}.lock`), "starting");
  mkdirSync(dir.join("a.1.2.lock"));
  expect(nameOwner(dir.path, "a")).toBeUndefined();
  const server = await serve({ path: dir.join("a.sock"), onCommand });
  expect(nameOwner(dir.path, "a")).toEqual(own);
  expect(readdirSync(dir.path).filter((entry) => entry.endsWith(".lock")).toSorted()).toEqual([
    "a.1.2.lock",
    `a.${own?.pid}.${own?.start}.lock`,
  ]);
  await expect(serve({ path: dir.join("a.sock"), onCommand })).rejects.toMatchObject({ code: "running", pid: process.pid });
  await server.close();
});

it("a living process of the same start time and boot does block", async () => {
  await using dir = tempDir();
  const parent = identify(process.ppid);
  writeFileSync(dir.join(`a.${parent?.pid}.${parent?.start}.lock`), "held");
  await expect(serve({ path: dir.join("a.sock"), onCommand })).rejects.toMatchObject({ code: "running", pid: parent?.pid });
});

it("a process that was started for a name is its owner until it claims it itself, and keeps nobody from claiming it", async () => {
  await using dir = tempDir();
  const parent = identify(process.ppid);
  if (parent === undefined) throw new Error("the parent of this process is not known");
  writeFileSync(dir.join("a.1.1.child"), "");
  recordChild(dir.path, "a", parent);
  expect(readdirSync(dir.path)).toEqual([`a.${parent.pid}.${parent.start}.child`]);
  expect(nameOwner(dir.path, "a")).toEqual(parent);
  const server = await serve({ path: dir.join("a.sock"), onCommand });
  expect([nameOwner(dir.path, "a"), nameOwners(dir.path).get("a")]).toEqual([identify(process.pid), identify(process.pid)]);
  await server.close();
  forgetChild(dir.path, "a", parent);
  expect(nameOwner(dir.path, "a")).toBeUndefined();
});

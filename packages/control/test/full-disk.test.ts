import { needs, smallDisk, spawnNode, tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { nameOwner } from "../src/index.ts";

it("a process takes its name on a full disk too, and only one does", needs("mount"), async () => {
  await using dir = tempDir();
  using disk = smallDisk(dir.join("bus"));
  disk.fill();
  const start = () => spawnNode(["--conditions=default", `${import.meta.dirname}/claim-child.mjs`, dir.join("bus/a.sock")]);
  await using first = start();
  await first.printed(/won/);
  expect(nameOwner(dir.join("bus"), "a")?.pid).toBe(first.child.pid);
  await using second = start();
  await second.printed(/lost: running/);
  await first.kill("SIGKILL");
  await using third = start();
  await third.printed(/won/);
});

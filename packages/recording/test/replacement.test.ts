import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { createReplacement, removeLeftovers } from "../src/index.ts";

it("the unfinished file of a process that was killed is removed, whatever it was for; those of others stay", async () => {
  await using dir = tempDir();
  const dead = "999999999-1";
  const { temporary, part } = await createReplacement(dir.join("mine.mcap"));
  await part.close();
  const stays = [temporary, ".vj-0123456789abcdef-x-1", `.vj-0123-${dead}`, `vj-0123456789abcdef-${dead}`, "a.mcap"].map((name) => path.resolve(dir.path, name));
  const goes = [`.vj-0123456789abcdef-${dead}`, ".vj-fedcba9876543210-999999999-1.5"].map((name) => dir.join(name));
  const young = dir.join(`.vj-00000000000000ff-${dead}`);
  for (const file of [...stays, ...goes, young]) writeFileSync(file, "x");
  mkdirSync(dir.join(`.vj-00000000000000aa-${dead}`));
  for (const file of [...stays, ...goes]) utimesSync(file, 1, 1);
  expect((await removeLeftovers(dir.path)).toSorted()).toEqual(goes.toSorted());
  for (const file of [...stays, young]) expect(existsSync(file), file).toBe(true);
  expect(await removeLeftovers(dir.path)).toEqual([]);
  await expect(removeLeftovers(dir.join("none"))).rejects.toThrow("ENOENT");
});

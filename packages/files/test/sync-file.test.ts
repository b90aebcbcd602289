import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { syncFile } from "../src/sync-file.ts";

it("writes an open file to the disk where its handle cannot, as under yarn's Plug'n'Play", async () => {
  await using dir = tempDir();
  const handle = await open(dir.join("a"), "wx");
  await handle.write("one");
  Object.assign(handle, { sync: () => { throw new Error("Method not implemented."); } });
  await syncFile(handle);
  await handle.close();
  expect(readFileSync(dir.join("a"), "utf8")).toBe("one");
  await expect(syncFile({ fd: 1_000_000 })).rejects.toMatchObject({ code: "EBADF" });
});

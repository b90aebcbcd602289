import { writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it, vi } from "vitest";
import { checkBus } from "../src/doctor/check-system.ts";

it("a bus directory that cannot be made is a fault before the first start", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("file"), "");
  vi.stubEnv("VJ_BUS_DIR", dir.join("file", "bus"));
  expect(checkBus()).toMatchObject({ level: "fail", subject: "bus directory", found: expect.stringMatching(/file.* not a directory/) });
  vi.stubEnv("VJ_BUS_DIR", dir.join("new", "bus"));
  expect(checkBus()).toMatchObject({ level: "ok", found: expect.stringContaining("will be created") });
  vi.unstubAllEnvs();
});

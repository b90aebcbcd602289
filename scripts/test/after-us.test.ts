import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

const module = path.resolve(import.meta.dirname, "../after-us.mjs");

/** A process that leaves `folder` to be removed after it, and waits; or that takes this back and ends. */
function start(folder: string, takesBack: boolean) {
  const script = `import { afterUs } from ${JSON.stringify(module)};
const isDone = afterUs('rm -rf "$1"', ${JSON.stringify(folder)});
${takesBack ? "isDone();" : "setInterval(() => {}, 1000);"}
console.log("ready");`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}

describe("what is done after us", () => {
  it("removes a folder when the process is killed", async () => {
    await using dir = tempDir();
    const folder = dir.join("left");
    mkdirSync(folder);
    const child = start(folder, false);
    await once(child.stdout, "data");
    expect(existsSync(folder)).toBe(true);
    child.kill("SIGKILL");
    await waitFor("the folder to be removed", () => !existsSync(folder));
  });

  it("is taken back by a process that cleaned up itself", async () => {
    await using dir = tempDir();
    const folder = dir.join("kept");
    mkdirSync(folder);
    const child = start(folder, true);
    await once(child, "exit");
    expect(existsSync(folder)).toBe(true);
  });
});

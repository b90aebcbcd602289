import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { isProcessAlive } from "@vj/control";
import { needs, tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const session = path.resolve(import.meta.dirname, "../../bench/session.mjs");

describe("a run of the benches", needs("proc"), () => {
  it.each(["end", "kill"])("that is over (%s) leaves neither folders nor processes", { timeout: 120_000 }, async (how) => {
    await using dir = tempDir();
    const program = `import { spawn } from "node:child_process";
import { beginSession, endSession, scratch } from ${JSON.stringify(session)};
beginSession();
const folders = [scratch(${JSON.stringify(dir.join("a-"))}), scratch(${JSON.stringify(dir.join("b-"))})];
const { pid } = spawn("sleep", ["3600"], { stdio: "ignore", detached: true });
console.log(JSON.stringify({ folders, pid }));
process.stdin.once("data", () => {
  endSession();
  process.exit();
});`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
    const [line]: unknown[] = await once(child.stdout.setEncoding("utf8"), "data");
    const { folders, pid } = z.object({ folders: z.string().array(), pid: z.number() }).parse(JSON.parse(String(line)));
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
    const ended = once(child, "exit");
    if (how === "kill") child.kill("SIGKILL");
    else child.stdin.write("end");
    await ended;
    await waitFor("all of it to be gone", () => !isProcessAlive(pid) && !folders.some((folder) => existsSync(folder)), 60_000);
  });
});

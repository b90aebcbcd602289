import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { needs, tempDir, tempEnvironment } from "@vj/test-kit";
import { expect, it } from "vitest";

const hello = path.resolve(import.meta.dirname, "../examples/hello.mjs");

/** Runs a worker in a terminal of its own, closes that once the worker has a socket, and prints how the worker ended. */
const inTerminal = `
import os, pty, sys, time
socket, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0: os.execvp(command[0], command)
while not os.path.exists(socket): time.sleep(0.02)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;

it("a worker ends in order when its terminal closes, and not with a crash", { timeout: 60_000, ...needs("python3", "linux") }, async () => {
  await using dir = tempDir();
  const socket = dir.join("bus/hello.sock");
  const ended = execFileSync("python3", ["-c", inTerminal, socket, process.execPath, hello], { env: { ...process.env, ...tempEnvironment(dir) }, encoding: "utf8" });
  expect(ended.trim()).toBe("0");
  expect(existsSync(socket)).toBe(false);
});

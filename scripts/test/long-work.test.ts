import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { needs } from "@vj/test-kit";
import { expect, it } from "vitest";

const module = (name: string): string => JSON.stringify(path.resolve(import.meta.dirname, "..", name));

/** How a script ends of which nobody reads the output, and which writes nothing. */
async function runUnread(more: string): Promise<string> {
  const script = `import { readNames } from ${module("command-line.mjs")};\nreadNames("Usage: it", []);\nsetTimeout(() => {}, 600_000);\n${more}`;
  const child = spawn("sh", ["-c", '{ "$0" --input-type=module -e "$1"; echo "code $?" >&2; } | true', process.execPath, script], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await once(child, "close");
  return stderr;
}

it("long scripts end when nobody reads their output, whether they clean up or not", { timeout: 200_000, ...needs("linux", "gnuTail") }, async () => {
  expect(await runUnread("")).toBe("code 0\n");
  expect(await runUnread(`import { beginWork } from ${module("long-work.mjs")};\nbeginWork();\nprocess.on("exit", () => console.error("cleaned up"));`)).toBe("cleaned up\ncode 0\n");
});

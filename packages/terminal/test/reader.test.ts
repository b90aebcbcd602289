import { spawn } from "node:child_process";
import { once } from "node:events";
import { needs } from "@vj/test-kit";
import { expect, it } from "vitest";

const index = new URL("../dist/index.js", import.meta.url).href;

/** Runs a program that prints until its reader, who takes one chunk, has left. */
async function run(before: string): Promise<{ code: unknown; stderr: string }> {
  const program = `import { endWithReader, hasReaderLeft, interrupted } from ${JSON.stringify(index)};\nendWithReader("it");\n${before}\nsetInterval(() => console.log("line"), 5);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = await once(child, "close");
  return { code, stderr };
}

it("a reader that closes the pipe ends the process, without a word", async () => {
  expect(await run("")).toEqual({ code: 0, stderr: "" });
});

it("a command that cleans up gets it as the end of the terminal, and can distinguish it from Ctrl-C", async () => {
  const cleanUp = 'interrupted().addEventListener("abort", () => { console.error(`cleaned up, ${hasReaderLeft()}`); process.exit(3); });';
  expect(await run(cleanUp)).toEqual({ code: 3, stderr: "cleaned up, true\n" });
});

/** Runs a program of which nobody reads the output, and which writes nothing. */
async function runUnread(more: string): Promise<string> {
  const program = `import { endWithReader, hasReaderLeft, interrupted } from ${JSON.stringify(index)};\nendWithReader("it");\n${more}`;
  const child = spawn("sh", ["-c", '{ "$0" --input-type=module -e "$1"; echo "code $?" >&2; } | true', process.execPath, program], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await once(child, "close");
  return stderr;
}

it("a command that cleans up ends while it writes nothing, however late it knows what to clean up", { timeout: 200_000, ...needs("linux", "gnuTail") }, async () => {
  const cleanUp = 'interrupted().addEventListener("abort", () => { console.error(`cleaned up, ${hasReaderLeft()}`); process.exit(3); });';
  expect(await runUnread(`setTimeout(() => {}, 600_000);\n${cleanUp}`)).toBe("cleaned up, true\ncode 3\n");
  expect(await runUnread(`setTimeout(() => {}, 600_000);\nsetTimeout(() => { ${cleanUp} }, 2000);`)).toBe("cleaned up, true\ncode 3\n");
});

it("a command that has nothing to clean up does what it began", { timeout: 200_000, ...needs("linux", "gnuTail") }, async () => {
  expect(await runUnread('setTimeout(() => console.error("done"), 3000);')).toBe("done\ncode 0\n");
});

import { spawn } from "node:child_process";
import { once } from "node:events";
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

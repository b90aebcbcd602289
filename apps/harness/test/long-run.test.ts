import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

const program = `
import { once } from "node:events";
import { beginRun } from ${JSON.stringify(new URL("../dist/long-run.js", import.meta.url).href)};
const run = beginRun("it", false);
const printing = setInterval(() => run.print("line"), 5);
await run.attempt(async ({ signal }) => {
  await once(signal, "abort");
  clearInterval(printing);
  console.error("cleaned up");
});
run.end(1);`;

/** A run that prints lines until it is ended. */
function start() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  const printed = { stderr: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  return { child, printed };
}

it("a run whose reader closes the pipe cleans up and ends with 0", async () => {
  const { child, printed } = start();
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await once(child, "close")).toEqual([0, null]);
  expect(printed.stderr).toBe("cleaned up\n");
});

it("a run that is interrupted cleans up and ends with 130", async () => {
  const { child, printed } = start();
  child.stdout.once("data", () => child.kill("SIGINT"));
  child.stdout.resume();
  expect(await once(child, "close")).toEqual([130, null]);
  expect(printed.stderr).toBe("ending; press again to end at once\ncleaned up\n");
});

// `node scripts/build/main.mjs build [lint…]`: tasks of turbo, with progress on standard error: one line that changes on a terminal, else a
// line every ten seconds. Nothing where all is done already. It runs before anything is built, so it needs nothing of the workspace.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { countTasks, createTasks } from "./tasks.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const names = process.argv.slice(2);
/** Work that is over sooner prints nothing; between plain lines, ms. */
const [quietMs, lineMs] = [1000, 10_000];

/** @type {unknown} */
const rootManifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const folders = ["packages", "apps"].flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name, "package.json")));
// A folder that is left of another branch has no package.
const manifests = folders.filter((file) => existsSync(file)).map((file) => JSON.parse(readFileSync(file, "utf8")));
// The root has a script `build` that is this one: only its other tasks count.
const total = countTasks(names, manifests) + countTasks(names.filter((name) => name !== "build"), [/** @type {{ scripts?: Record<string, string> }} */ (rootManifest)]);

const isFirst = !existsSync(path.join(root, "packages/terminal/dist"));
const isTerminal = process.stderr.isTTY && process.env["TERM"] !== "dumb";
const begunAt = performance.now();
let printedAt = begunAt;
let [latest, printed] = ["", ""];
const draw = () => {
  const now = performance.now();
  if (latest === "" || now - begunAt < quietMs) return;
  if (isTerminal) process.stderr.write(`\r\u001b[K${latest.slice(0, (process.stderr.columns || 80) - 1)}`);
  else if (now - printedAt >= lineMs && latest !== printed) {
    [printedAt, printed] = [now, latest];
    process.stderr.write(`${latest}\n`);
  }
};
const tasks = createTasks((begun, name) => {
  latest = `${names[0] === "build" ? "building" : "running"}: ${begun} of ${Math.max(begun, total)}, ${name.replace(/^\/\/:/, "")}${isFirst ? "; the first time takes minutes" : ""}`;
  draw();
});
const timer = setInterval(draw, 500);

// A build reports to nobody.
const child = spawn(path.join(root, "node_modules/.bin/turbo"), ["run", ...names, "--output-logs=full", "--log-order=stream", "--ui=stream"], { cwd: root, env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" }, stdio: ["ignore", "pipe", "pipe"] });
for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", (line) => tasks.add(line));
let interrupted = false;
// On a terminal, Ctrl-C reaches turbo too; a signal that is sent to this process alone does not.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    interrupted = true;
    child.kill(signal);
  });
}
child.on("error", (error) => {
  clearInterval(timer);
  console.error(`turbo cannot be started: ${error.message}; install first: npx -y pnpm@10 install`);
  process.exit(1);
});
child.on("close", (code, signal) => {
  clearInterval(timer);
  if (isTerminal && latest !== "") process.stderr.write("\r\u001b[K");
  if (code !== 0 && signal === null && !interrupted) console.error(tasks.faults().join("\n"));
  process.exit(code ?? (signal === "SIGINT" ? 130 : 143));
});

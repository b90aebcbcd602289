import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { spawnProcess, tempDir, tempEnvironment, twoClicks, waitFor } from "@vj/test-kit";
import type { ProcessExit, TestProcess } from "@vj/test-kit";
import { vjProgram } from "../vj-rig.ts";
import { root } from "./blocks.ts";
import { readCommand } from "./command.ts";
import type { DocCommand } from "./command.ts";

const apps = path.join(root, "apps");

/** Whether a program runs until it is asked to end. */
function isEndless(command: DocCommand): boolean {
  if (command.kind !== "ours") return false;
  const { name, words } = command;
  const [sub = "", ...rest] = words;
  if (path.basename(command.file) !== "vj.js") return name !== "vj-capture";
  const has = (...options: string[]): boolean => rest.some((word) => options.includes(word));
  if (sub === "logs") return has("-f", "--follow");
  if (sub === "osc") return !has("-n", "--count", "send");
  if (sub === "status") return has("--watch");
  if (sub === "up") return has("--foreground");
  return sub === "tui" || sub === "dev" || sub === "record";
}

/**
 * An `npx` that finds pnpm, and our packages as if they were installed. `npx -y pnpm@10 vj …` starts `vj` without pnpm between them:
 * {@link Sandbox.throughPnpm} runs it as written, once.
 */
const npx = (runner: string): string => `#!/bin/sh
case "$1" in
  -y) [ "$3" != vj ] || { shift 3; exec "${process.execPath}" "${vjProgram}" "$@"; }; ${runner} ;;
  *) name="\${1#@vj/}"; shift; exec "${process.execPath}" "${apps}/$name/bin/$name.js" "$@" ;;
esac
`;

/**
 * A separate home, bus and folders, and a search path like a reader's after the install; everything started in it ends
 * with it.
 */
export class Sandbox implements AsyncDisposable {
  readonly #dir = tempDir();
  readonly #running: { line: string; name: string; process: TestProcess }[] = [];
  readonly env: Record<string, string>;

  constructor() {
    const home = this.#dir.join("home");
    const bin = this.#dir.join("bin");
    mkdirSync(path.join(home, "Music"), { recursive: true });
    mkdirSync(path.join(home, "Documents/VirtualDJ"), { recursive: true });
    mkdirSync(bin);
    writeFileSync(path.join(home, "Music/song.wav"), twoClicks());
    writeFileSync(path.join(home, "Documents/VirtualDJ/now_playing.txt"), "Somebody - Something\n");
    // Settings in a file, as a reader has them, instead of the environment, which would forbid changing them.
    mkdirSync(this.#dir.join("config"), { mode: 0o700 });
    writeFileSync(this.#dir.join("config/targets.json"), JSON.stringify({ targets: [{ name: "nobody", port: 9 }] }));
    program(path.join(bin, "vj"), `#!/bin/sh\nexec "${process.execPath}" "${vjProgram}" "$@"\n`);
    program(path.join(bin, "npx"), npx(pnpmRunner()));
    this.env = {
      ...tempEnvironment(this.#dir),
      HOME: home,
      PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`,
      VJ_AUDIO_SOURCE: "",
      CI: "true",
      NO_COLOR: "1",
      // Uses the existing cache, so that packages are not fetched again.
      npm_config_cache: process.env["npm_config_cache"] ?? path.join(process.env["HOME"] ?? "/", ".npm"),
    };
  }

  /** Runs a command line; one that does not end on its own is left running. @throws Error when it fails */
  async run(line: string): Promise<void> {
    const command = readCommand(line);
    const name = command.kind === "ours" ? command.name : "";
    if (isEndless(command)) {
      // A second process of the same name would be refused.
      await this.#end((one) => one.name === name && name !== "vj");
      return this.#start(line, name);
    }
    await using started = this.#spawn(line);
    const exit = await started.exited;
    if (!isExpected(command, exit, started.output())) throw new Error(`\`${line}\` ended with ${exit.code ?? exit.signal}:\n${started.output()}`);
  }

  /** What `npx -y pnpm@10 vj --version` prints by the pnpm of this test. @throws Error when it fails */
  async throughPnpm(): Promise<string> {
    await using started = this.#spawn(`set -- -y pnpm@10 vj --version; ${pnpmRunner()}`);
    const { code } = await started.exited;
    if (code !== 0) throw new Error(`pnpm ended with ${code}:\n${started.output()}`);
    return started.output();
  }

  /** Ends the running processes with Ctrl-C, the last one first. @throws Error when one does not end in order */
  async interrupt(): Promise<void> {
    await this.#end(() => true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process } of this.#running) await process.kill();
    if (existsSync(this.env["VJ_BUS_DIR"] ?? "")) {
      await using down = this.#spawn("vj down");
      await down.exited;
    }
    this.#dir.remove();
  }

  #spawn(line: string): TestProcess {
    return spawnProcess("/bin/sh", ["-c", line], this.env, root);
  }

  async #start(line: string, name: string): Promise<void> {
    const process = this.#spawn(line);
    this.#running.push({ line, name, process });
    const socket = path.join(this.env["VJ_BUS_DIR"] ?? "", `${name.replaceAll("-", "_")}.sock`);
    await Promise.race([
      waitFor(`\`${line}\` to begin`, () => existsSync(socket) || process.output() !== "", 60_000),
      process.exited.then(({ code }) => Promise.reject(new Error(`\`${line}\` ended with ${code}:\n${process.output()}`))),
    ]);
  }

  async #end(which: (one: { name: string }) => boolean): Promise<void> {
    for (const one of this.#running.filter(which).reverse()) {
      this.#running.splice(this.#running.indexOf(one), 1);
      const { code, signal } = await one.process.kill("SIGINT");
      // The shell and the package runner around it may report the interruption.
      const wellEnded = code === 0 || code === 130 || signal === "SIGINT";
      if (!wellEnded || /\n +at .*:\d+:\d+/.test(one.process.output())) {
        throw new Error(`Ctrl-C ended \`${one.line}\` with ${code ?? signal}:\n${one.process.output()}`);
      }
    }
  }
}

/**
 * `vj doctor` and `vj status` report findings by exit code. The only expected faults in a sandbox are missing lyrics on a
 * machine without a network, and late sound on a busy one.
 */
function isExpected(command: DocCommand, { code }: ProcessExit, output: string): boolean {
  if (code !== 1 || command.kind !== "ours") return code === 0;
  const [word] = command.words;
  if (word === "status") return /^degraded: \d in trouble \((?:audio_analyzer|lyrics_fetcher|, )+\)/m.test(output);
  return word === "doctor" && output.split("\n").every((line) => !line.startsWith("fail ") || /^fail +worker (?:audio_analyzer|lyrics_fetcher): degraded/.test(line));
}

/** How to run `npx -y pnpm@10 …`: by the pnpm that runs this test, otherwise by npx without asking the registry again. */
function pnpmRunner(): string {
  const pnpm = process.env["npm_execpath"] ?? "";
  if (pnpm.includes("pnpm")) return `shift 2; exec "${process.execPath}" "${pnpm}" "$@"`;
  const npxProgram = (process.env["PATH"] ?? "").split(path.delimiter).map((folder) => path.join(folder, "npx")).find((file) => existsSync(file));
  return `exec "${npxProgram ?? "npx"}" --prefer-offline "$@"`;
}

function program(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

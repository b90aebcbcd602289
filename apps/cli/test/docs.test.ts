import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { has, needs } from "@vj/test-kit";
import { afterAll, describe, expect, it } from "vitest";
import { blocksOf, commandsOf, documents, indentedBlocks, inlineCommands, root, textOf } from "./docs/blocks.ts";
import type { Block } from "./docs/blocks.ts";
import { checkCommand, readCommand } from "./docs/command.ts";
import { Sandbox } from "./docs/sandbox.ts";

const blocks = documents().flatMap((file) => blocksOf(file));
const shell = blocks.filter(({ language, shows }) => ["sh", "bash", "shell", "zsh", "console"].includes(language) && shows === undefined);
/** Of other blocks nothing is run: a new language is added here, or to the shells above. */
const otherLanguages = ["", "python", "python3", "c", "java", "js", "javascript", "ts", "typescript", "json", "dockerfile"];
const place = ({ file, line }: Block): string => `${file}:${line}`;

/** Commands that were only checked, for the end of the run. */
const notRun: string[] = [];
const only = (where: string, reason: string, line: string): number => notRun.push(`  ${where} (${reason}): ${line}`);

afterAll(() => {
  if (notRun.length > 0) console.log(`${notRun.length} commands of documents were checked, not run:\n${notRun.join("\n")}`);
});

/** Why a line of a block is checked but not run. */
function reasonNotToRun(line: string): string | undefined {
  const command = readCommand(line);
  if (command.kind === "install") return "asks the registry";
  if (command.kind === "ours" && command.words[0] === "devices" && !has("naudiodon")) return "no naudiodon";
  return undefined;
}

describe("the command blocks of the documents", () => {
  for (const block of shell.filter(({ noRun }) => noRun === undefined)) {
    it(`${place(block)} run as written`, { timeout: 400_000 }, async () => {
      await using sandbox = new Sandbox();
      for (const line of commandsOf(block)) {
        expect(await checkCommand(line), `${place(block)} ${line}: correct it, or mark the block \`no-run: <reason>\``).toBeUndefined();
        const reason = reasonNotToRun(line);
        if (reason === undefined) await sandbox.run(line);
        else only(place(block), reason, line);
      }
      await sandbox.interrupt();
    });
  }

  for (const block of shell.filter(({ noRun }) => noRun !== undefined)) {
    it(`${place(block)} name programs, subcommands and options that exist`, async () => {
      expect(block.noRun, "no-run needs a reason").not.toBe("");
      for (const line of commandsOf(block)) {
        expect(await checkCommand(line), `${place(block)} ${line}`).toBeUndefined();
        only(place(block), block.noRun ?? "", line);
      }
    });
  }

  it("find vj through pnpm", async () => {
    await using sandbox = new Sandbox();
    expect(await sandbox.throughPnpm()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("are found, by whatever fence; not by their indent, which is refused", () => {
    expect(shell.length).toBeGreaterThan(10);
    const text = ["~~~sh", "vj up", "~~~", "", "````shell", "vj down", "```` ", "", "    vj nothing", "", "- a list", "", "    - in a list"].join("\n");
    expect(blocksOf("none.md", text).map((block) => [block.language, block.line, block.text])).toEqual([["sh", 1, "vj up\n"], ["shell", 5, "vj down\n"]]);
    expect(indentedBlocks(text)).toEqual(["vj nothing"]);
    for (const file of documents()) expect(indentedBlocks(textOf(file)), `${file}: fence it, so that it is checked`).toEqual([]);
    for (const block of blocks.filter((one) => !shell.includes(one) && one.shows === undefined)) expect(otherLanguages, place(block)).toContain(block.language);
  });
});

it("commands in a text are found with their variables", () => {
  expect(inlineCommands("`vj up`, `VJ_ASCII=1 A=2 vj tui`, `node x.mjs`\n```sh\nvj nothing\n```\n`pnpm …` `node` `LANG=C`")).toEqual(["vj up", "VJ_ASCII=1 A=2 vj tui", "node x.mjs"]);
});

it.each(documents().filter((file) => inlineCommands(textOf(file)).length > 0))("the commands in the text of %s exist", async (file) => {
  for (const command of inlineCommands(textOf(file))) {
    // Words in capitals or brackets, and dots, are placeholders.
    const words = command.split(" ").filter((word) => !/[<[{…|A-Z]|^\.\.\.$/.test(word));
    expect(await checkCommand(words.join(" ")), `${file}: ${command}`).toBeUndefined();
  }
});

it("the texts of our programs advise only commands that exist", async () => {
  const advised = new Map(sources().flatMap((file) => advisedIn(readFileSync(file, "utf8")).map((command) => [command, file] as const)));
  expect([...advised.keys()]).toEqual(expect.arrayContaining(["vj config set", "vj up --all", "vj spotify login"]));
  for (const [command, file] of advised) expect(await checkCommand(command), `${file}: ${command}`).toBeUndefined();
});

/** Commands in the texts of a source: subcommands and options; anything else, such as the name of a worker, ends the match. */
function advisedIn(source: string): string[] {
  const code = source.split("\n").filter((line) => !/^\s*(\/\/|\/?\*)/.test(line));
  // Process titles look the same.
  return [...code.join("\n").matchAll(/\bvj [a-z]+\b(?: --?[a-z-]+| [a-z]+\b)*/g)].map(([command]) => command).filter((command) => !["vj capture", "vj midi"].includes(command));
}

/** Sources of all packages and apps. */
function sources(): string[] {
  return ["packages", "apps"].flatMap((top) =>
    readdirSync(path.join(root, top)).flatMap((folder) => {
      const src = path.join(root, top, folder, "src");
      return readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name)).map((name) => path.join(src, name));
    }),
  );
}

describe("the examples of the documents", () => {
  for (const block of blocks.filter(({ language, noRun }) => language === "js" && noRun === undefined)) {
    it(`${place(block)} runs`, async () => {
      await using sandbox = new Sandbox();
      const outcome = await feed(process.execPath, ["--input-type=module"], block, sandbox);
      expect(outcome, outcome.output).toMatchObject({ code: 0 });
      expect(outcome.output).not.toBe("");
    });
  }

  for (const block of blocks.filter(({ language }) => language === "python")) {
    it(`${place(block)} runs`, needs("python3"), async () => {
      await using sandbox = new Sandbox();
      sandbox.env["VJ_AUDIO_SOURCE"] = "demo";
      await sandbox.run("vj up --only audio_analyzer");
      expect(await feed("python3", ["-"], block, sandbox)).toEqual({ code: 0, output: "running\n" });
    });
  }
});

/** Runs a program of a document from its standard input, in the folder of the document. */
function feed(program: string, args: string[], { file, text }: Block, { env }: Sandbox): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: path.dirname(path.join(root, file)), env: { ...process.env, ...env }, timeout: 60_000 });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
    child.stdin.end(text);
  });
}

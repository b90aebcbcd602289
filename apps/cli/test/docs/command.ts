import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { CommandModule } from "../../src/new-command.ts";
import { root } from "./blocks.ts";

/** A command line of a document, with `npx` and `pnpm` resolved. */
export type DocCommand =
  /** A program of ours: `file` under node, `words` after it. */
  | { readonly kind: "ours"; readonly name: string; readonly file: string; readonly words: readonly string[] }
  /** A root script or a command of pnpm that is not a single program. */
  | { readonly kind: "script"; readonly name: string }
  | { readonly kind: "install"; readonly packages: readonly string[] }
  | { readonly kind: "foreign"; readonly name: string }
  | { readonly kind: "unknown"; readonly problem: string };

const manifestSchema = z.object({
  name: z.string().default(""),
  private: z.boolean().default(false),
  bin: z.record(z.string(), z.string()).default({}),
  scripts: z.record(z.string(), z.string()).default({}),
});

const readManifest = (folder: string) => manifestSchema.parse(JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")));

const packages = ["packages", "apps"].flatMap((top) =>
  readdirSync(path.join(root, top)).map((folder) => ({ folder: `${top}/${folder}`, ...readManifest(`${top}/${folder}`) })),
);
const bins = new Map(packages.flatMap(({ folder, bin }) => Object.entries(bin).map(([name, file]) => [name, path.join(root, folder, file)])));
const { scripts } = readManifest(".");

/** Commands of pnpm itself that documents use. */
const pnpmCommands = ["install", "rebuild", "approve-builds", "add", "exec"];

/** Other programs that documents may name in blocks that are not run. */
const foreign = ["esbuild", "docker", "systemctl", "journalctl", "launchctl", "loginctl", "apt-get", "sudo", "curl", "oscdump", "mkdir", "cp", "ps"];

/** Words of a command line, without their quotes. */
function split(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ""));
}

/** The program that a command line of a document runs. */
export function readCommand(line: string): DocCommand {
  const words = split(line);
  while (/^[A-Z][A-Z0-9_]*=/.test(words[0] ?? "")) words.shift();
  const [program = "", ...rest] = words;
  if (program === "npx") return readNpx(rest.filter((word) => word !== "-y"));
  if (program === "pnpm") return readPnpm(rest);
  if (program === "npm") return { kind: "install", packages: rest.slice(1).filter((word) => !word.startsWith("-")) };
  if (program === "node") return readNode(rest);
  if (bins.has(program)) return ours(program, rest);
  return foreign.includes(program) ? { kind: "foreign", name: program } : { kind: "unknown", problem: `there is no program ${program}` };
}

function readNpx([first = "", ...rest]: string[]): DocCommand {
  if (/^pnpm@\d+$/.test(first)) return readPnpm(rest);
  if (first === "vitest") return readVitest(rest);
  if (foreign.includes(first)) return { kind: "foreign", name: first };
  const name = first.replace("@vj/", "");
  return first.startsWith("@vj/") && !packages.some((one) => one.name === first)
    ? { kind: "unknown", problem: `there is no package ${first}` }
    : ours(name === "cli" ? "vj" : first === name ? name : `vj-${name}`, rest);
}

function readPnpm([first = "", ...rest]: string[]): DocCommand {
  const script = scripts[first];
  if (first === "vitest") return readVitest(rest);
  if (script === undefined) return pnpmCommands.includes(first) ? { kind: "script", name: first } : ours(first, rest);
  // Most are built first, by a script that runs them.
  const [, file, words = ""] = /node (?:scripts\/build\/then\.mjs )?(\S+)([^&]*)$/.exec(script) ?? [];
  if (file !== undefined) return { kind: "ours", name: first, file: path.join(root, file), words: [...split(words), ...rest] };
  const [bin = "", ...more] = split(script);
  return bins.has(bin) ? ours(bin, [...more, ...rest]) : { kind: "script", name: first };
}

function readNode([file = "", ...words]: string[]): DocCommand {
  if (file.startsWith("-")) return { kind: "foreign", name: "node" };
  const found = [...bins].find(([, bin]) => bin === path.join(root, file));
  if (found !== undefined) return ours(found[0], words);
  const source = [file, ...readdirSync(path.join(root, "examples")).map((folder) => `examples/${folder}/${file}`)].map((name) => path.join(root, name)).find((name) => existsSync(name));
  if (source === undefined) return { kind: "unknown", problem: `${file} does not exist, in the checkout or among the examples` };
  // Not asked for its help: some of these programs need minutes for it, and some need what is not installed.
  const strange = words.find((word) => word.startsWith("--") && !readFileSync(source, "utf8").includes(word));
  return strange === undefined ? { kind: "script", name: file } : { kind: "unknown", problem: `${file} has no option ${strange}` };
}

/** Vitest: the files that it is given exist. */
function readVitest(words: readonly string[]): DocCommand {
  const missing = words.find((word) => /\.tsx?$/.test(word) && !existsSync(path.join(root, word)));
  return missing === undefined ? { kind: "script", name: "vitest" } : { kind: "unknown", problem: `${missing} does not exist` };
}

function ours(name: string, words: readonly string[]): DocCommand {
  const file = bins.get(name);
  return file === undefined ? { kind: "unknown", problem: `there is no program or script ${name}` } : { kind: "ours", name, file, words };
}

/**
 * Checks that program, subcommand and options of a command exist, without running it.
 * @returns the fault; undefined when there is none
 */
export async function checkCommand(line: string): Promise<string | undefined> {
  const command = readCommand(line);
  if (command.kind === "unknown") return command.problem;
  if (command.kind === "install") {
    const strange = command.packages.find((name) => name.startsWith("@vj/") && !packages.some((one) => one.name === name && !one.private));
    return strange === undefined ? undefined : `there is no package ${strange}`;
  }
  if (command.kind !== "ours") return undefined;
  const subcommands = await subcommandsOf(command.file, command.words);
  if (typeof subcommands === "string") return subcommands;
  const help = await helpOf(command.file, subcommands);
  const listed = /^Names: (.*)$/m.exec(help)?.[1]?.split(", ");
  for (const word of command.words.slice(subcommands.length)) {
    // A number below 0 is a value.
    const option = /^-(?!\d)[^=]*/.exec(word)?.[0];
    if (option !== undefined && !new RegExp(`(^|[ ,])${option}\\b`, "m").test(help)) return `${command.name} has no option ${option}`;
    if (option === undefined && listed !== undefined && !listed.includes(word)) return `${command.name} has no subcommand ${word}`;
  }
  return undefined;
}

/** The words that name a subcommand, or the fault. */
async function subcommandsOf(file: string, words: readonly string[]): Promise<string[] | string> {
  const named: string[] = [];
  for (;;) {
    const known = /^Commands:\n((?: .*\n?)+)/m.exec(await helpOf(file, named))?.[1];
    const next = words[named.length];
    if (known === undefined || next === undefined || next.startsWith("-") || named.length > 1) return named;
    if (!new RegExp(`^  ${next}\\b`, "m").test(known)) return `there is no subcommand ${[...named, next].join(" ")}`;
    named.push(next);
  }
}

const helps = new Map<string, Promise<string>>();

function helpOf(file: string, words: readonly string[]): Promise<string> {
  const key = [file, ...words].join(" ");
  const known = helps.get(key) ?? readHelp(file, words);
  helps.set(key, known);
  return known;
}

function readHelp(file: string, words: readonly string[]): Promise<string> {
  const [name, ...below] = words;
  if (file === bins.get("vj") && name !== undefined) return helpOfVj(name, below);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...words, "--help"], { timeout: 60_000 }, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });
}

/** What `vj <name> … --help` prints, without a process for each of some eighty commands. @throws Error when there is none */
async function helpOfVj(name: string, below: readonly string[]): Promise<string> {
  const module: CommandModule = await import(`../../src/commands/${name}.ts`);
  let command = module.command();
  for (const word of below) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) throw new Error(`vj ${name} has no subcommand ${word}`);
    command = next;
  }
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

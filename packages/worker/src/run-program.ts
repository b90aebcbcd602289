import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { explainIssues, messageOf, parseJson } from "@vj/schema";
import { z } from "zod";
import { WorkerError } from "./errors.ts";
import { exitCodes, runWorker } from "./run-worker.ts";
import type { WorkerContext } from "./worker-context.ts";
import type { Worker } from "./worker.ts";

/** An option with a value, beside `--help` and `--version`. */
export interface ProgramOption {
  /** Placeholder of the value in the help: `<workers>`. */
  readonly value: string;
  readonly help: string;
}

/** A program that consists of one worker. */
export interface Program {
  /** Its `package.json`: `new URL("../package.json", import.meta.url)`. */
  readonly manifest: URL;
  /** Options by long name; the worker reads them from `process.argv`. */
  readonly options?: Readonly<Record<string, ProgramOption>>;
}

/** The result of a command line: run, or print a text and end with this exit code. */
export type CommandLineAnswer = { readonly run: true } | { readonly run: false; readonly text: string; readonly exitCode: number };

const manifestSchema = z.object({
  name: z.string().default("worker"),
  version: z.string(),
  description: z.string().default(""),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
});

/**
 * Runs the program of a worker package: answers `--help` and `--version`, refuses unknown options with exit code 64,
 * otherwise becomes the worker as in {@link runWorker}.
 * @throws WorkerError `package` when its package.json has no version, or is not one
 */
export async function runProgram(create: (context: WorkerContext) => Worker, program: Program): Promise<void> {
  const answer = answerCommandLine(process.argv.slice(2), program);
  if (answer.run) return runWorker(create);
  (answer.exitCode === exitCodes.ok ? process.stdout : process.stderr).write(`${answer.text}\n`);
  process.exitCode = answer.exitCode;
}

/** What a command line asks of a program. @param args without node and the script */
function answerCommandLine(args: readonly string[], { manifest, options = {} }: Program): CommandLineAnswer {
  const { name, version, description } = readManifest(manifest);
  try {
    const own = Object.fromEntries(Object.keys(options).map((option) => [option, { type: "string" } as const]));
    const common = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "V" } } as const;
    const { values } = parseArgs({ args: [...args], options: { ...own, ...common } });
    if (values.help === true) return { run: false, text: helpText(name, description, options), exitCode: exitCodes.ok };
    if (values.version === true) return { run: false, text: version, exitCode: exitCodes.ok };
    return { run: true };
  } catch (error) {
    const [fault = ""] = messageOf(error).split(". To specify");
    return { run: false, text: `${name}: ${fault}\n(add --help for the options)`, exitCode: exitCodes.usage };
  }
}

/** The program is named like its `bin`, or like the package where that is only a path. */
function readManifest(file: URL): { name: string; version: string; description: string } {
  const result = manifestSchema.safeParse(parseJson(readFileSync(file, "utf8")));
  if (!result.success) throw new WorkerError("package", `${fileURLToPath(file)} cannot be used: ${explainIssues(result.error)}`);
  const { name, version, description, bin } = result.data;
  const [named] = typeof bin === "object" ? Object.keys(bin) : [];
  return { name: named ?? name.replace(/^@[^/]*\//, ""), version, description };
}

function helpText(name: string, description: string, options: Readonly<Record<string, ProgramOption>>): string {
  const lines = [
    ...Object.entries(options).map(([option, { value, help }]) => [`--${option} ${value}`, help] as const),
    ["-h, --help", "this text"] as const,
    ["-V, --version", "the version"] as const,
  ];
  const rows = lines.map(([option, help]) => `  ${option.padEnd(20)} ${help}`).join("\n");
  return `Usage: ${name} [options]\n\n${description === "" ? "" : `${description}. `}Runs until SIGTERM or Ctrl-C.\n\nOptions:\n${rows}\n\nExample:\n  ${name}\n  vj up    # the whole rig`;
}

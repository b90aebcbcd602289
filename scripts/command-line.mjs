// The command line of a root script: names and options. Help and refusals look the same everywhere.
import { parseArgs } from "node:util";

/**
 * Reads the names and options of a script's command line, or ends the process: with the help text, or with 64 for unknown
 * words.
 * @param {string} usage the help text
 * @param {readonly string[]} [known] the valid names; undefined where any word is accepted, empty where none is
 * @param {readonly string[]} [options] the valid options, such as `--json`
 * @returns {{ names: string[], flags: string[] }} `flags` are the given options
 */
export function readCommandLine(usage, known, options = []) {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(known === undefined || known.length === 0 ? usage : `${usage}\n\nNames: ${known.join(", ")}`);
    process.exit(0);
  }
  const strange = args.find((arg) => (arg.startsWith("-") ? !options.includes(arg) : known !== undefined && !known.includes(arg)));
  if (strange !== undefined) {
    const what = strange.startsWith("-") ? `unknown option ${strange}` : known?.length === 0 ? `no word is expected, but ${strange} was given` : `unknown name ${strange}; there are: ${known?.join(", ")}`;
    refuse(what);
  }
  return { names: args.filter((arg) => !arg.startsWith("-")), flags: args.filter((arg) => arg.startsWith("-")) };
}

/**
 * The given names of a script without options, see {@link readCommandLine}.
 * @param {string} usage
 * @param {readonly string[]} [known]
 */
export const readNames = (usage, known) => readCommandLine(usage, known).names;

/**
 * Reads options that have values, or ends the process as {@link readCommandLine} does.
 * @template {import("node:util").ParseArgsConfig} T
 * @param {string} usage the help text
 * @param {T} config what `parseArgs` of Node accepts; `help` is added
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function readOptions(usage, config) {
  if (process.argv.slice(2).some((arg) => arg === "--help" || arg === "-h")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Ends the process because of its command line. @param {string} reason @returns {never} */
export function refuse(reason) {
  console.error(`${reason}\n(add --help for names and options)`);
  process.exit(64);
}

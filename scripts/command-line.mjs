// The command line of a program of this repository that is not installed: names and options. Help and refusals look the same everywhere.
import { parseArgs } from "node:util";

/** Exit code for an invalid command line, as `vj` has it. */
const exitUsage = 64;

/** Shorter scripts end by themselves; nothing is started for them, ms. */
const watchAfterMs = 1000;

/**
 * Reads the names and options of a script's command line, or ends the process: with the help text, or with 64 for unknown
 * words. What follows `--` are names.
 * @param {string} usage the help text
 * @param {readonly string[]} [known] the valid names; undefined where any word is accepted, empty where none is
 * @param {readonly string[]} [options] the valid options, such as `--json`
 * @returns {{ names: string[], flags: string[] }} `flags` are the given options
 */
export function readCommandLine(usage, known, options = []) {
  const help = known === undefined || known.length === 0 ? usage : `${usage}\n\nNames: ${known.join(", ")}`;
  const flags = Object.fromEntries(options.map((option) => [option.replace(/^--/, ""), /** @type {const} */ ({ type: "boolean" })]));
  const { values, positionals } = readOptions(help, { allowPositionals: true, options: flags });
  const strange = known === undefined ? undefined : positionals.find((name) => !known.includes(name));
  if (strange !== undefined) refuse(known?.length === 0 ? `no word is expected, but ${strange} was given` : `unknown name ${strange}; there are: ${known?.join(", ")}`);
  return { names: positionals, flags: options.filter((option) => values[option.replace(/^--/, "")] === true) };
}

/**
 * The given names of a script without options, see {@link readCommandLine}.
 * @param {string} usage
 * @param {readonly string[]} [known]
 */
export const readNames = (usage, known) => readCommandLine(usage, known).names;

/**
 * Reads options that have values, or ends the process as {@link readCommandLine} does. An option that is given twice has its last value.
 * @template {import("node:util").ParseArgsConfig} T
 * @param {string} usage the help text
 * @param {T} config what `parseArgs` of Node accepts; `help` is added
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function readOptions(usage, config) {
  endWithReader();
  const args = process.argv.slice(2);
  const end = args.indexOf("--");
  if (args.slice(0, end === -1 ? undefined : end).some((arg) => arg === "--help" || arg === "-h")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    const [fault = ""] = (error instanceof Error ? error.message : String(error)).split(". To specify");
    return refuse(fault);
  }
}

/** Ends the process because of its command line. @param {string} reason @returns {never} */
export function refuse(reason) {
  // Mistyped words are quoted; these must not control the terminal.
  console.error(`${reason.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, " ")}\n(add --help for names and options)`);
  process.exit(exitUsage);
}

let readerLeft = false;

/** Whether the reader of standard output has closed the pipe: it has what it wanted, which is not an interruption. */
export const hasReaderLeft = () => readerLeft;

/** A reader may close the pipe (`| head`): it has what it wanted. What cleans up gets that as the end of the terminal. */
function endWithReader() {
  // endWithReader of @vj/terminal does the same; some scripts run before that is built.
  const end = () => {
    readerLeft = true;
    if (process.listenerCount("SIGHUP") === 0) process.exit(0);
    process.emit("SIGHUP", "SIGHUP");
  };
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
      end();
    });
  }
  // Before the first build it is noticed at the next line.
  setTimeout(() => void import("@vj/terminal").then(({ watchReader }) => watchReader(end), () => {}), watchAfterMs).unref();
}

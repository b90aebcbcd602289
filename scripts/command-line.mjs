// The command line of a root script: names, and options without a value.

/**
 * Reads the names and options that a script was given, or ends the process: with the help text, or with 64 for what it does not know.
 * @param {string} usage the help text
 * @param {readonly string[]} [known] the names there are; undefined where any word is taken
 * @param {readonly string[]} [options] the options there are, such as `--json`
 * @returns {{ names: string[], flags: string[] }} `flags` are the options that were given
 */
export function readCommandLine(usage, known, options = []) {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(known === undefined ? usage : `${usage}\n\nNames: ${known.join(", ")}`);
    process.exit(0);
  }
  const strange = args.find((arg) => (arg.startsWith("-") ? !options.includes(arg) : known !== undefined && !known.includes(arg)));
  if (strange !== undefined) {
    const what = strange.startsWith("-") ? `unknown option ${strange}` : `there is nothing called ${strange}; there are: ${known?.join(", ")}`;
    console.error(`${what}\n(add --help for what can be given)`);
    process.exit(64);
  }
  return { names: args.filter((arg) => !arg.startsWith("-")), flags: args.filter((arg) => arg.startsWith("-")) };
}

/**
 * The names that a script without options was given, see {@link readCommandLine}.
 * @param {string} usage
 * @param {readonly string[]} [known]
 */
export const readNames = (usage, known) => readCommandLine(usage, known).names;

// The command line of a root script: names, and options without a value.

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
    console.error(`${what}\n(add --help for names and options)`);
    process.exit(64);
  }
  return { names: args.filter((arg) => !arg.startsWith("-")), flags: args.filter((arg) => arg.startsWith("-")) };
}

/**
 * The given names of a script without options, see {@link readCommandLine}.
 * @param {string} usage
 * @param {readonly string[]} [known]
 */
export const readNames = (usage, known) => readCommandLine(usage, known).names;

// The command line of a root script: names, and nothing else.

/**
 * Reads the names that a script was given, or ends the process: with the help text, or with 64 for what it does not know.
 * @param {string} usage the help text
 * @param {readonly string[]} [known] the names there are; undefined where any word is taken
 */
export function readNames(usage, known) {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(known === undefined ? usage : `${usage}\n\nNames: ${known.join(", ")}`);
    process.exit(0);
  }
  const strange = args.find((arg) => arg.startsWith("-") || (known !== undefined && !known.includes(arg)));
  if (strange !== undefined) {
    const what = strange.startsWith("-") ? `unknown option ${strange}` : `there is nothing called ${strange}; there are: ${known?.join(", ")}`;
    console.error(`${what}\n(add --help for what can be given)`);
    process.exit(64);
  }
  return args;
}

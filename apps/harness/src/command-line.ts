import type { Command } from "commander";
import { sanitizeText } from "@vj/schema";

/** Exit code for an invalid command line, as `vj` and the scripts have it. */
const exitUsage = 64;

/**
 * Reads the command line of this program. `--help` ends the process with 0; what cannot be meant ends it with 64, the reason, and the way
 * to the help.
 * @param program with its options
 * @returns the same, with the given values
 */
export function readCommandLine(program: Command): Command {
  return program
    .usage("[options]")
    .configureHelp({ commandUsage: (command) => `pnpm ${command.name()} ${command.usage()}` })
    .allowExcessArguments(false)
    .showHelpAfterError("(add --help for the options and an example)")
    // Errors quote mistyped words, which must not control the terminal.
    .configureOutput({ writeErr: (text) => void process.stderr.write(text.split("\n").map((line) => sanitizeText(line)).join("\n")) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitUsage))
    .parse();
}

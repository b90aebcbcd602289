import { Command } from "commander";

/** A file in `commands/`. */
export interface CommandModule {
  /** The command, ready to be run. Called once. */
  command(): Command;
}

/** A command with a help text that ends in examples. */
export function newCommand(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  vj ${example}`).join("\n");
  return new Command(name)
    .description(summary)
    .exitOverride()
    .showHelpAfterError("(add --help for the options and an example)")
    .addHelpText("after", `\n${examples.length > 1 ? "Examples" : "Example"}:\n${lines}`);
}

import { Command } from "commander";
import { printError } from "./output.ts";

/** A file in `commands/`. */
export interface CommandModule {
  /** The command, ready to be run. Called once. */
  command(): Command;
}

/** Errors quote mistyped words; makes sure that these cannot control the terminal. */
export function withSafeErrors(command: Command): Command {
  return command.configureOutput({
    writeErr: (text) => {
      for (const line of text.replace(/\n$/, "").split("\n")) printError(line);
    },
  });
}

/** A command with a help text that ends in examples. */
export function newCommand(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  vj ${example}`).join("\n");
  return withSafeErrors(new Command(name))
    .description(summary)
    .exitOverride()
    .showHelpAfterError("(add --help for the options and an example)")
    .addHelpText("after", `\n${examples.length > 1 ? "Examples" : "Example"}:\n${lines}`);
}

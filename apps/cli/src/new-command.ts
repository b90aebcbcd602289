import { Command } from "commander";
import { printError } from "./output.ts";

/** A file in `commands/`. */
export interface CommandModule {
  /** The command, ready to be run. Called once. */
  command(): Command;
}

/** Errors quote mistyped words; makes sure that these cannot control the terminal. They end with the way to the help. */
export function withSafeErrors(command: Command): Command {
  return command.showHelpAfterError("(add --help for its commands)").configureOutput({
    writeErr: (text) => {
      for (const line of nearSuggestions(text).replace(/\n$/, "").split("\n")) printError(line);
    },
  });
}

/** Leaves out suggestions that begin with another letter than what was typed: these are guesses. */
export function nearSuggestions(text: string): string {
  return text.replace(/'-*([^'])([^']*)'\n\(Did you mean (?:one of )?([^?]*)\?\)/, (whole, first: string, rest: string, suggested: string) => {
    const near = suggested.split(", ").filter((word) => word.replace(/^-+/, "").startsWith(first));
    const typed = whole.slice(0, whole.indexOf("\n"));
    if (near.length === 0 || rest === "") return typed;
    return `${typed}\n(Did you mean ${near.length > 1 ? "one of " : ""}${near.join(", ")}?)`;
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

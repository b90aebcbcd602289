import type { Command } from "commander";
import { CliError, exitCodes } from "./cli-error.ts";

/** Adds the argument `[worker]` and the option `--all` to a command; exactly one of them must be given. */
export function forOneOrAll(command: Command, all: string, one: (worker: string) => Promise<void>, every: () => Promise<void>): Command {
  return command
    .argument("[worker]", "its name")
    .option("--all", all)
    .action((worker: string | undefined, options: { all?: boolean }) => {
      const wantsAll = options.all === true;
      if (worker !== undefined && !wantsAll) return one(worker);
      if (worker === undefined && wantsAll) return every();
      throw new CliError(wantsAll ? "a worker and --all exclude each other" : "name a worker, or use --all", {
        hint: `for example: vj ${command.name()} audio_analyzer, or: vj ${command.name()} --all`,
        exitCode: exitCodes.usage,
      });
    });
}

import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printLine } from "../output.ts";
import { changeTargetList, readTargetList } from "../targets/target-list.ts";

export function command(): Command {
  return newCommand("safe", "Limits how fast pictures can flash, for all targets: at most three flashes within a second", ["safe on", "safe off"])
    .argument("[on|off]", "without it: which targets are limited")
    .addHelpText("after", "\nA limiter for comfort. It does not know what the pictures look like and promises nothing about health.")
    .action(safe);
}

async function safe(word: string | undefined): Promise<void> {
  if (word === undefined) {
    for (const { name, safe: limited = false } of (await readTargetList()).targets) printLine(`${name} ${limited ? "on" : "off"}`);
    return;
  }
  if (word !== "on" && word !== "off") throw new CliError(`"${word}" is neither on nor off`, { hint: "vj safe on, or vj safe off", exitCode: exitCodes.usage });
  const { targets } = await changeTargetList((known) => known.map((target) => ({ ...target, safe: word === "on" })));
  printLine(`flash guard ${word} for ${targets.length === 1 ? "the target" : `all ${targets.length} targets`}`);
}

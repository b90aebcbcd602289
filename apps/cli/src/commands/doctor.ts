import type { Command } from "commander";
import { exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printJson, printLine } from "../output.ts";

export function command(): Command {
  return newCommand("doctor", "Checks the rig and its environment, and names the next steps (exit 1 when something is wrong)", ["doctor", "doctor --json"])
    .option("--json", "one JSON list: {level, subject, found, fix}")
    .action(doctor);
}

async function doctor({ json = false }: { json?: boolean }): Promise<void> {
  const { findAll, formatFinding } = await import("../doctor/run-doctor.ts");
  const findings = await findAll();
  if (json) printJson(findings);
  else for (const finding of findings) for (const line of formatFinding(finding)) printLine(line);
  process.exitCode = findings.some(({ level }) => level === "fail") ? exitCodes.failed : exitCodes.ok;
}

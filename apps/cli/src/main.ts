import { Command, CommanderError } from "commander";
import { outliveTerminal, packageVersion } from "@vj/files";
import { endWithReader } from "@vj/terminal";
import { CliError, exitCodes } from "./cli-error.ts";
import { withSafeErrors } from "./new-command.ts";
import type { CommandModule } from "./new-command.ts";
import { printError } from "./output.ts";
import { adviceOn } from "./rig-advice.ts";

/** Every command, in the order of the help. Loaded only when used: `vj send` must not wait for the terminal UI. */
const commands: Readonly<Record<string, () => Promise<CommandModule>>> = {
  up: () => import("./commands/up.ts"),
  down: () => import("./commands/down.ts"),
  status: () => import("./commands/status.ts"),
  start: () => import("./commands/start.ts"),
  stop: () => import("./commands/stop.ts"),
  restart: () => import("./commands/restart.ts"),
  send: () => import("./commands/send.ts"),
  logs: () => import("./commands/logs.ts"),
  tui: () => import("./commands/tui.ts"),
  dev: () => import("./commands/dev.ts"),
  devices: () => import("./commands/devices.ts"),
  analyze: () => import("./commands/analyze.ts"),
  osc: () => import("./commands/osc.ts"),
  target: () => import("./commands/target.ts"),
  safe: () => import("./commands/safe.ts"),
  tempo: () => import("./commands/tempo.ts"),
  config: () => import("./commands/config.ts"),
  played: () => import("./commands/played.ts"),
  lyrics: () => import("./commands/lyrics.ts"),
  record: () => import("./commands/record.ts"),
  replay: () => import("./commands/replay.ts"),
  export: () => import("./commands/export.ts"),
  prepare: () => import("./commands/prepare.ts"),
  spotify: () => import("./commands/spotify.ts"),
  doctor: () => import("./commands/doctor.ts"),
};

/** Runs `vj` with these arguments (without node and the script); sets the exit code of the process. */
export async function main(args: readonly string[]): Promise<void> {
  outliveTerminal();
  endWithReader("vj");
  try {
    const program = await assemble(args[0] ?? "");
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = await report(error);
  }
}

async function assemble(name: string): Promise<Command> {
  const program = withSafeErrors(new Command("vj"))
    .description("Live visuals from sound, tempo and lyrics: starts, watches and controls the rig")
    .version(packageVersion(import.meta.url))
    .exitOverride()
    .showHelpAfterError("(add --help for all commands)")
    .addHelpText("after", "\nExample:\n  vj up && vj status && vj tui");
  const wanted = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  for (const load of wanted) if (load !== undefined) program.addCommand((await load()).command());
  return program;
}

/** Prints the fault and the next step. @returns the exit code. */
async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const message = error instanceof Error ? error.message : String(error);
  for (const line of `vj: ${message}`.split("\n")) printError(line);
  const advice = error instanceof CliError ? error : await adviceOnRig(error);
  if (advice?.hint !== undefined) printError(`  ${advice.hint}`);
  return advice?.exitCode ?? exitCodes.failed;
}

/** Loaded only now: most commands end without an error. */
async function adviceOnRig(error: unknown): Promise<{ hint: string | undefined; exitCode: number } | undefined> {
  const { RigError } = await import("@vj/rig/manager");
  return error instanceof RigError ? adviceOn(error) : undefined;
}

void main(process.argv.slice(2));

import { handTempo } from "@vj/audio";
import { accepted } from "@vj/rig/manager";
import { Command } from "commander";
import { z } from "zod";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand, withSafeErrors } from "../new-command.ts";
import { printJson, printLine } from "../output.ts";
import { withAnalyzer } from "../tempo/analyzer.ts";
import { startedUs } from "../tempo/tap-keys.ts";
import { tapTempo } from "../tempo/tap.ts";
import { tempoLines, tempoOfReply, tempoSchema } from "../tempo/tempo-text.ts";

const stateSchema = z.object({ tempo: tempoSchema });
const mostNudgeMs = 1000;

export function command(): Command {
  const tempo: Command = withSafeErrors(new Command("tempo"))
    .description("Shows the tempo and its source, and corrects it by hand")
    .exitOverride()
    .addCommand(
      newCommand("show", "Shows the tempo, its source, and its difference from the analysis", ["tempo", "tempo --json"])
        .option("--json", "one JSON object")
        // A mistyped command is an argument of the default one.
        .argument("[word]")
        .usage("[options]")
        .action((word: string | undefined, options: { json?: boolean }) => (word === undefined ? show(options) : refuseCommand(word, tempo))),
      { isDefault: true },
    )
    .addCommand(newCommand("tap", "Counts each key in a terminal as a beat, until ctrl-c; without a terminal one tap, now", ["tempo tap"]).action(tapTempo))
    .addCommand(
      newCommand("nudge", "Moves all beats, later if positive; they keep this distance from the music", ["tempo nudge 20", "tempo nudge -15"])
        .argument("<ms>", "milliseconds")
        .action((ms: string) => press("nudge", { ms: numberFrom(ms, -mostNudgeMs, mostNudgeMs, "vj tempo nudge 20, or -20") })),
    )
    .addCommand(newCommand("double", "Twice the tempo", ["tempo double"]).action(() => press("double")))
    .addCommand(newCommand("halve", "Half the tempo; the stronger beats stay", ["tempo halve"]).action(() => press("halve")))
    .addCommand(newCommand("resync", "Makes this moment beat 1 of a bar", ["tempo resync"]).action(() => press("resync", { at_us: startedUs() })))
    .addCommand(
      newCommand("lock", "Holds the tempo whatever the music does, also in silence", ["tempo lock", "tempo lock 128", "tempo lock off"])
        .argument("[bpm]", "beats per minute; default: the present tempo; off: it follows the music again")
        .action((word: string | undefined) => press("lock", lockOf(word))),
    )
    .addCommand(newCommand("auto", "Removes all corrections by hand", ["tempo auto"]).action(() => press("auto")))
    .addHelpText("after", "\nExample:\n  vj tempo tap");
  return tempo;
}

function refuseCommand(word: string, { commands }: Command): never {
  throw new CliError(`"${word}" is not a command of vj tempo`, { hint: `use one of: ${commands.map((one) => one.name()).join(", ")}`, exitCode: exitCodes.usage });
}

function show({ json = false }: { json?: boolean }): Promise<void> {
  return withAnalyzer(async (client) => {
    const { data } = accepted(await client.request("get_state"));
    if (json) return printJson(data?.["tempo"]);
    const state = stateSchema.safeParse(data).data;
    if (state === undefined) throw new CliError("the reply of audio_analyzer does not fit this command", { hint: "restart it with: vj restart audio_analyzer" });
    for (const line of tempoLines(state.tempo)) printLine(line);
  });
}

function press(key: string, args: Record<string, unknown> = {}): Promise<void> {
  return withAnalyzer(async (client) => {
    const { message, data } = accepted(await client.request(key, args));
    printLine([message, tempoOfReply(data)].filter((part) => part !== undefined).join(": "));
  });
}

function lockOf(word: string | undefined): Record<string, unknown> {
  if (word === undefined || word === "on") return { on: true };
  if (word === "off") return { on: false };
  return { on: true, bpm: numberFrom(word, handTempo.lowest, handTempo.highest, "vj tempo lock 128, or vj tempo lock off") };
}

function numberFrom(text: string, least: number, most: number, example: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= most) return value;
  throw new CliError(`"${text}" is not a number from ${least} to ${most}`, { hint: `for example: ${example}`, exitCode: exitCodes.usage });
}

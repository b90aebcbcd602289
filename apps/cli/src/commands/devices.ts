import { messageOf } from "@vj/schema";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printJson, printLine, printTable } from "../output.ts";

export function command(): Command {
  return newCommand("devices", "Lists the sound inputs that the audio analyzer can use", ["devices", "devices --json"])
    .option("--json", "one JSON list")
    .action(devices);
}

async function devices({ json = false }: { json?: boolean }): Promise<void> {
  const { ListDevicesError, chooseSource, listDevices } = await import("@vj/audio-analyzer");
  const found = await listDevices().catch((error: unknown) => {
    const fix = error instanceof ListDevicesError ? `${error.fix}; or ` : "";
    throw new CliError(messageOf(error), {
      hint: `${fix}use a capture command: vj doctor lists those installed, VJ_AUDIO_SOURCE=command:… takes one`,
      cause: error,
    });
  });
  // Without a device `auto` would try commands, which takes long and is not about devices.
  const taken = found.length === 0 ? undefined : (await chooseSource({ kind: "auto" })).source.name;
  const marked = found.map((device) => ({ ...device, auto: taken?.startsWith(device.name) === true }));
  if (json) {
    printJson(marked);
    return;
  }
  if (marked.length === 0) {
    printLine("no sound input found; the audio analyzer plays its demo signal instead");
    return;
  }
  const rows = marked.map(({ name, hostApi, channels, sampleRate, isDefault, auto }) => [
    name,
    hostApi,
    String(channels),
    `${sampleRate} Hz`,
    [isDefault ? "default" : "", auto ? "taken by VJ_AUDIO_SOURCE=auto" : ""].filter((note) => note !== "").join(", "),
  ]);
  printTable(["NAME", "SOUND SYSTEM", "CHANNELS", "RATE", "NOTE"], rows);
}

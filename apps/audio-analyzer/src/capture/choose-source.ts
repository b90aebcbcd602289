import { messageOf } from "@vj/schema";
import type { AudioSource } from "./audio-source.ts";
import { createCommandSource } from "./command-source.ts";
import { createDemoSource } from "./demo-source.ts";
import { chooseDevice } from "./device-match.ts";
import type { ChosenBy } from "./device-match.ts";
import { createDeviceSource } from "./device-source.ts";
import { createFileSource } from "./file-source.ts";
import { knownCommands } from "./known-commands.ts";
import { listDevices } from "./list-devices.ts";
import { createNoneSource } from "./none-source.ts";
import { delivers } from "./probe-command.ts";
import { createOscSource } from "./osc-source.ts";
import { locate } from "./locate.ts";
import type { SourceSpec } from "./source-spec.ts";

/** A source that is not started yet, and how it was chosen. */
export interface Choice {
  readonly source: AudioSource;
  readonly chosenBy: ChosenBy | "command" | "fallback";
  /** Why it is not the expected one; empty when there is nothing to report. */
  readonly note: string;
}

/** The outside world of a choice, replaced in tests without a sound card. */
export interface Surroundings {
  readonly platform: string;
  readonly listDevices: typeof listDevices;
  readonly delivers: typeof delivers;
  /** Why a UDP port must not be listened on; undefined where it may. */
  readonly portRefusal: (port: number) => string | undefined;
}

const here: Surroundings = { platform: process.platform, listDevices, delivers, portRefusal: () => undefined };

/** Creates the requested source; `auto` chooses the best one available. Never throws. */
export async function chooseSource(spec: SourceSpec, changed: Partial<Surroundings> = {}): Promise<Choice> {
  const surroundings = { ...here, ...changed };
  const exact = (source: AudioSource): Choice => ({ source, chosenBy: "exact", note: "" });
  switch (spec.kind) {
    case "auto":
      return chooseAutomatically(surroundings);
    case "device":
      return exact(createDeviceSource({ match: spec.match }));
    case "command":
      return exact(createCommandSource(expandWords(spec.words)));
    case "file":
      return exact(createFileSource(locate(spec.path)));
    case "osc":
      return exact(createOscSource(spec.port, () => surroundings.portRefusal(spec.port)));
    case "demo":
      return exact(createDemoSource());
    case "none":
      return exact(createNoneSource());
  }
}

/** Expands `~` like a shell; a program with a relative path becomes absolute. */
function expandWords([program, ...args]: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const expand = (word: string): string => (word.startsWith("~/") ? locate(word) : word);
  return [program.includes("/") ? locate(program) : program, ...args.map(expand)];
}

/** Best loopback device, otherwise the default input, the first command that delivers, or the demo signal. */
async function chooseAutomatically({ platform, listDevices, delivers }: Surroundings): Promise<Choice> {
  let note = "";
  try {
    const chosen = chooseDevice(await listDevices(), platform);
    if (chosen !== undefined) {
      const { device, chosenBy, pattern } = chosen;
      const source = createDeviceSource({
        match: device.name,
        hostApi: device.hostApi,
        monitor: pattern?.monitor === true,
      });
      const microphone = chosenBy === "default" ? "no loopback device found" : "";
      return { source, chosenBy, note: microphone };
    }
    note = "no sound device found";
  } catch (error) {
    note = messageOf(error);
  }
  for (const { words } of knownCommands.filter((known) => known.platform === platform)) {
    if (await delivers(words)) return { source: createCommandSource(words), chosenBy: "command", note };
  }
  return { source: createDemoSource(), chosenBy: "fallback", note };
}

import { messageOf } from "@vj/schema";
import type { SoundInput } from "@vj/schema";
import { isInstalled } from "../environment.ts";
import type { AudioSource } from "./audio-source.ts";
import { createCommandSource } from "./command-source.ts";
import type { DeviceInfo } from "./device-info.ts";
import { createDeviceSource } from "./device-source.ts";
import { knownCommands } from "./known-commands.ts";
import { listDevices } from "./list-devices.ts";
import { loopbackPatterns } from "./loopback-patterns.ts";

export interface MeterOptions {
  /** How long each is listened to, ms. */
  readonly listenMs: number;
  /** Name of the device that plays now; it is left alone. */
  readonly playing: string;
}

/** The outside world, replaced in tests without a sound card. */
export interface MeterSurroundings {
  readonly platform: string;
  readonly listDevices: typeof listDevices;
  readonly isInstalled: (program: string) => boolean;
  readonly open: (input: Pick<SoundInput, "source" | "name" | "hostApi">) => AudioSource;
}

/** At most so many inputs are opened by one call, and so many at a time. */
const most = { inputs: 12, together: 3 } as const;
/** An input that delivers nothing for this long is given up, ms: an idle sink wakes up after two seconds. */
const patienceMs = 2500;

const here: MeterSurroundings = {
  platform: process.platform,
  listDevices,
  isInstalled,
  open: ({ source, name, hostApi }) => {
    const words = knownCommands.find((known) => source === commandText(known.words))?.words;
    return words === undefined ? createDeviceSource({ match: name, hostApi }) : createCommandSource(words);
  },
};

/**
 * Opens each input for a moment, in a process of its own, and says how loud it is. What plays now is not touched. Where devices cannot be
 * opened directly, the programs that record are listed instead. Never throws.
 */
export async function meterDevices({ listenMs, playing }: MeterOptions, surroundings = here): Promise<SoundInput[]> {
  const inputs = await findInputs(playing, surroundings);
  const waiting = inputs.filter((input) => !input.playing).slice(0, most.inputs);
  const measured = new Map<string, Pick<SoundInput, "peak" | "problem">>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      measured.set(keyOf(next), await listen(surroundings.open(next), listenMs));
    }
  };
  await Promise.all(Array.from({ length: most.together }, work));
  return inputs.map((input) => ({ ...input, ...(measured.get(keyOf(input)) ?? (input.playing ? {} : { problem: "not measured: there are too many" })) }));
}

const keyOf = ({ source, hostApi }: SoundInput): string => `${source} ${hostApi}`;
const commandText = (words: readonly string[]): string => `command:${words.join(" ")}`;

/** Loopback inputs first, then the default one. */
async function findInputs(playing: string, { platform, listDevices, isInstalled }: MeterSurroundings): Promise<SoundInput[]> {
  const patterns = loopbackPatterns.filter((pattern) => pattern.platform === platform && pattern.monitor !== true);
  const ofDevice = ({ name, hostApi, channels, isDefault }: DeviceInfo): SoundInput => ({
    ...{ name, hostApi, channels, isDefault, source: `device:${name}` },
    loopback: patterns.some((pattern) => pattern.name.test(name)),
    playing: playing === name,
    peak: null,
    problem: "",
  });
  const ofCommand = (words: readonly string[]): SoundInput => ({
    ...{ name: words.join(" "), hostApi: "", channels: 2, isDefault: false, source: commandText(words) },
    // The known programs are set to record the machine's output; sox takes the default input.
    loopback: words[0] !== "sox",
    playing: playing === words.join(" "),
    peak: null,
    problem: "",
  });
  const devices = await listDevices().catch((): DeviceInfo[] => []);
  const commands = knownCommands.filter((known) => known.platform === platform && isInstalled(known.words[0])).map(({ words }) => ofCommand(words));
  const rank = ({ loopback, isDefault }: SoundInput): number => (loopback ? 0 : isDefault ? 1 : 2);
  return [...devices.map(ofDevice), ...commands].toSorted((one, other) => rank(one) - rank(other));
}

/** Listens to one input for `listenMs` from its first sample on. */
async function listen(source: AudioSource, listenMs: number): Promise<Pick<SoundInput, "peak" | "problem">> {
  let peak: number | null = null;
  let problem = "";
  try {
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, patienceMs);
      source.start((samples) => {
        if (peak === null) {
          clearTimeout(timer);
          timer = setTimeout(resolve, listenMs);
        }
        peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), peak ?? 0);
      });
    });
    if (peak === null) problem = source.status().problem || "it delivers nothing";
  } catch (error) {
    problem = messageOf(error);
  } finally {
    await source.stop();
  }
  return { peak: peak === null ? null : Math.round(Math.min(1, peak) * 1000) / 1000, problem };
}

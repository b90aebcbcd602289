import { environmentWith } from "../environment.ts";
import type { AudioSource } from "./audio-source.ts";
import { createChildSource } from "./child-source.ts";

/** Required output format of a command: interleaved stereo at this rate. */
const commandFormat = { channels: 2, sampleRate: 44_100 } as const;

/** A program that writes little-endian 32-bit floats, stereo, 44.1 kHz, to its standard output until it is killed. */
export function createCommandSource([command, ...args]: readonly [string, ...string[]]): AudioSource {
  return createChildSource({
    kind: "command",
    name: () => [command, ...args].join(" "),
    command,
    args,
    env: environmentWith({}),
    samplesOn: 1,
    format: commandFormat,
    // Programs may buffer up to two seconds before they write.
    timing: { openMs: 5000, stallMs: 3000 },
  });
}

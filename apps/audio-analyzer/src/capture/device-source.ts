import type { AudioSource } from "./audio-source.ts";
import { captureProgram } from "./capture-program.ts";
import { createChildSource } from "./child-source.ts";
import type { ReaderTiming } from "./reader-policy.ts";

/** A device by name; a missing one is waited for. */
export interface DeviceSourceOptions {
  /** Its name, the beginning of its name, or a regular expression. */
  readonly match: string | RegExp;
  readonly hostApi?: string;
  /** Make the sound server behind the device record its default output. */
  readonly monitor?: boolean;
}

export function createDeviceSource({ match, hostApi, monitor }: DeviceSourceOptions): AudioSource {
  const asked = match instanceof RegExp ? `/${match.source}/` : match;
  return createChildSource({
    kind: "device",
    name: (opened = asked) => (monitor === true ? `${opened} (monitor of the default output)` : opened),
    ...captureProgram(["--device", asked, ...(hostApi === undefined ? [] : ["--api", hostApi])], { monitor }),
    samplesOn: 3,
    format: "line",
    timing: deviceTiming(process.platform),
  });
}

/**
 * A working device delivers every 6 ms, silent or not; a second without anything is a dead server even on a busy
 * machine. Only Windows sends nothing while nothing plays, but there a dead device ends its stream.
 */
function deviceTiming(platform: NodeJS.Platform): ReaderTiming {
  const quiet = platform === "win32";
  return { openMs: quiet ? 30_000 : 4000, stallMs: quiet ? 30_000 : 1000 };
}

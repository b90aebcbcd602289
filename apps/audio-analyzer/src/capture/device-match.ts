import type { DeviceInfo } from "./device-info.ts";
import type { LoopbackPattern } from "./loopback-patterns.ts";
import { loopbackPatterns } from "./loopback-patterns.ts";

/** How a device was chosen. */
export type ChosenBy = "exact" | "pattern" | "default";

/** The device for a name: an equal name, otherwise one that begins with it (some systems truncate names). */
export function findDevice<D extends DeviceInfo>(devices: readonly D[], match: string | RegExp): D | undefined {
  if (match instanceof RegExp) return devices.find((device) => match.test(device.name));
  const wanted = match.toLowerCase();
  const equal = devices.filter((device) => device.name.toLowerCase() === wanted);
  const candidates = equal.length > 0 ? equal : devices.filter((device) => device.name.toLowerCase().startsWith(wanted));
  return candidates.toSorted(byHostApi)[0];
}

/**
 * The device that most likely carries the machine's output: the best loopback pattern of this platform, else the
 * system's default input, else the first there is.
 */
export function chooseDevice<D extends DeviceInfo>(
  devices: readonly D[],
  platform: string,
): { device: D; chosenBy: ChosenBy; pattern?: LoopbackPattern } | undefined {
  const sorted = devices.toSorted(byHostApi);
  for (const pattern of loopbackPatterns.filter((entry) => entry.platform === platform)) {
    const device = sorted.find(({ name }) => pattern.name.test(name));
    if (device !== undefined) return { device, chosenBy: "pattern", pattern };
  }
  const device = sorted.find(({ isDefault }) => isDefault) ?? sorted[0];
  return device === undefined ? undefined : { device, chosenBy: "default" };
}

/** A device has the same name in several sound systems; the ones with the least delay come first. */
const hostApis = ["Core Audio", "Windows WASAPI", "ALSA", "JACK Audio Connection Kit", "Windows DirectSound", "MME"];

function byHostApi(a: DeviceInfo, b: DeviceInfo): number {
  return rank(a) - rank(b);
}

function rank({ hostApi }: DeviceInfo): number {
  const place = hostApis.indexOf(hostApi);
  return place < 0 ? hostApis.length : place;
}

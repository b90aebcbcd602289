import type { Fault } from "./fault.ts";
import { corruptConfiguration, deleteBusDirectory, deleteSocket, fillLogDisk, vanishAudio } from "./files.ts";
import { brokenFrames, flood, oversizeFrame, slowClient } from "./hostile-clients.ts";
import { killManager, killManagerAndWorker, killWorker, killWorkerAgain, stopWorker } from "./kills.ts";
import { fifoInPlace, foreignUdp } from "./other-users.ts";
import { giantFrames, halfFrames, longNames } from "./oversized.ts";
import { twoManagers, twoWorkers } from "./races.ts";
import { reusedPid } from "./reused-pid.ts";
import { descriptorShortage } from "./shortage.ts";
import { clockJump, killTui, udpFlood } from "./screen-and-network.ts";

/** Every kind of fault. */
export const faults: readonly Fault[] = [
  killWorker,
  killWorkerAgain,
  stopWorker,
  killManager,
  killManagerAndWorker,
  twoManagers,
  twoWorkers,
  reusedPid,
  killTui,
  brokenFrames,
  oversizeFrame,
  slowClient,
  flood,
  giantFrames,
  halfFrames,
  longNames,
  descriptorShortage,
  deleteSocket,
  deleteBusDirectory,
  fillLogDisk,
  corruptConfiguration,
  vanishAudio,
  udpFlood,
  foreignUdp,
  fifoInPlace,
  clockJump,
];

/** The kind of fault of this name; if there is none, the kinds whose name contains it. */
export function faultsNamed(text: string): readonly Fault[] {
  const named = faults.filter(({ name }) => name === text);
  return named.length > 0 ? named : faults.filter(({ name }) => name.includes(text));
}

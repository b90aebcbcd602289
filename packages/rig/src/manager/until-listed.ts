import { busDir as defaultBusDir, listenersWithoutFile, nameOwners, processSource } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import type { ManagerOptions } from "./manager-options.ts";
import { pause } from "../wait.ts";

/** A process whose files were deleted listens again within 5 s. */
const limitMs = 6000;
const pollMs = 50;

/** A process of ours that has no files, with the name in its title. */
export interface LostProcess extends ProcessIdentity {
  readonly name: string;
}

/**
 * Waits until every process of this bus can be found by its files. When the bus directory was deleted under a running rig, its
 * processes make it anew within seconds; until then they look as if nothing ran. Returns at once where all can be found.
 * Foreign programs, which have no title of ours, do not count: they need not listen again.
 * @returns those that still have no files after that time: they hang. @throws ControlError `directory` when it is unsafe, `aborted`
 */
export async function untilListed({ busDir = defaultBusDir(), signal }: ManagerOptions = {}): Promise<readonly LostProcess[]> {
  const end = performance.now() + limitMs;
  for (;;) {
    const lost = unlisted(busDir);
    if (lost.length === 0 || performance.now() > end) return lost;
    await pause(pollMs, { signal });
  }
}

function unlisted(busDir: string): readonly LostProcess[] {
  const lost = listenersWithoutFile(busDir);
  if (lost.length === 0) return [];
  const listed = new Set(Array.from(nameOwners(busDir).values(), ({ pid }) => pid));
  return lost.flatMap((owner) => {
    const name = /^vj (\w+)/.exec(processSource.command(owner.pid))?.[1];
    return name === undefined || listed.has(owner.pid) ? [] : [{ ...owner, name }];
  });
}

import { setTimeout as delay } from "node:timers/promises";
import { openRig } from "@vj/rig";
import { managerName, messageOf } from "@vj/schema";
import { printError } from "../output.ts";
import { replayName } from "./replay-worker.ts";

/** How long workers may take until they are silent, milliseconds. */
const patienceMs = 1500;

/** Workers that send nothing as long as this process lives. */
export interface MutedWorkers {
  /** Their names. */
  readonly names: readonly string[];
  /** They send again. */
  close(): Promise<void>;
}

/**
 * Silences every worker, present and future, that sends one of these addresses: two voices would contradict each other. The silence ends
 * with this process, however that ends.
 */
export async function muteOthers(busDir: string, addresses: ReadonlySet<string>): Promise<MutedWorkers> {
  const rig = openRig({ busDir, except: [replayName], states: false, descriptions: true });
  const names = new Set<string>();
  let asking = 0;
  const mute = async (worker: string): Promise<void> => {
    asking += 1;
    try {
      const reply = await rig.send(worker, "mute");
      if (reply.success) names.add(worker);
      else printError(`${worker} sends the same addresses and cannot be silenced: ${reply.message ?? "it gives no reason"}; stop it with: vj stop ${worker}`);
    } catch (error) {
      printError(`${worker} sends the same addresses and did not answer: ${messageOf(error)}`);
    } finally {
      asking -= 1;
    }
  };
  rig.on("change", (_state, event) => {
    if (event.type === "description" && Object.keys(event.description.osc).some((address) => addresses.has(address))) void mute(event.name);
  });
  const settled = (): boolean =>
    asking === 0 && Object.values(rig.state.workers).every(({ name, link, description }) => name === managerName || link !== "connected" || description !== undefined);
  await delay(100);
  for (const end = performance.now() + patienceMs; !settled() && performance.now() < end; ) await delay(20);
  return {
    get names() {
      return [...names].sort();
    },
    close: () => rig.close(),
  };
}

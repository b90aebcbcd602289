import { managerName, messageOf } from "@vj/schema";
import type { Description } from "@vj/schema";
import { openRig } from "./open-rig.ts";
import { pause } from "./wait.ts";
import type { WaitOptions } from "./wait.ts";

/** How long workers may take until they are silent, milliseconds. */
const patienceMs = 1500;

/** Which workers stop sending, and to whom. */
export interface SilenceOptions extends WaitOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string | undefined;
  /** Names of processes that go on sending. */
  readonly except?: readonly string[];
  /** The receiver that gets nothing; left out: none gets anything. */
  readonly place?: { readonly host: string; readonly port: number } | undefined;
  /** Whether to silence a worker, by its description. */
  readonly concerns: (description: Description) => boolean;
  /** @param why the end of a sentence about the worker: why it is not silent */
  readonly onProblem: (worker: string, why: string) => void;
}

/** Workers that send nothing as long as this process lives. */
export interface Silence extends AsyncDisposable {
  /** Their names. */
  readonly names: readonly string[];
  /** Ends the silence: they send again. */
  close(): Promise<void>;
}

/**
 * Silences workers, present and future; resolves when those that are there are silent, after 1.5 s at the latest. The silence ends with
 * this process, however that ends.
 * @throws ControlError `aborted`: then all workers send again
 */
export async function silenceWorkers({ busDir, except = [], place, concerns, onProblem, signal }: SilenceOptions): Promise<Silence> {
  const rig = openRig({ busDir, except, states: false, descriptions: true });
  const names = new Set<string>();
  let asking = 0;
  const mute = async (worker: string): Promise<void> => {
    asking += 1;
    try {
      const reply = await rig.send(worker, "mute", { ...place });
      if (reply.success) names.add(worker);
      else onProblem(worker, `cannot be silenced: ${reply.message ?? "it gives no reason"}`);
    } catch (error) {
      onProblem(worker, `did not answer: ${messageOf(error)}`);
    } finally {
      asking -= 1;
    }
  };
  rig.on("change", (_state, event) => {
    if (event.type === "description" && concerns(event.description)) void mute(event.name);
  });
  const settled = (): boolean =>
    asking === 0 && Object.values(rig.state.workers).every(({ name, link, description }) => name === managerName || link !== "connected" || description !== undefined);
  try {
    await pause(100, { signal });
    for (const end = performance.now() + patienceMs; !settled() && performance.now() < end; ) await pause(20, { signal });
  } catch (error) {
    await rig.close();
    throw error;
  }
  return {
    get names() {
      return [...names].sort();
    },
    close: () => rig.close(),
    [Symbol.asyncDispose]: () => rig.close(),
  };
}

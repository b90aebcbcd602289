import type { OscTable, Target } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import { openRig } from "../open-rig.ts";
import { pause, unlessAborted } from "../wait.ts";
import type { WaitOptions } from "../wait.ts";

/** Time for a worker to send all states and lists after a subscription, ms. */
const settleMs = 1000;

/** The receiver that gets the states again. */
export interface ResendOptions extends WaitOptions {
  /** The addresses that the workers of the rig send. */
  readonly table: OscTable;
  readonly target: Target;
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string | undefined;
}

/**
 * Sends every state and list of the rig as it stands to one target, in its view, also to one that is off. Takes a second.
 * @throws ControlError `aborted`
 * @returns states and list items read, datagrams sent, and whether nobody listens there
 */
export async function resendStates({ table, target, busDir, signal }: ResendOptions): Promise<{ messages: number; datagrams: number; refused: boolean }> {
  await using telemetry = createTelemetry({ table, targets: [{ ...target, enabled: true }] });
  await unlessAborted(() => telemetry.settled(), { signal });
  const addresses = Object.keys(table).filter((address) => table[address]?.kind !== "stream");
  await using rig = openRig({ busDir, states: false });
  let sent = 0;
  rig.listen(addresses, ({ address, args }) => {
    telemetry.send(address, args.filter(isPlain));
    sent += 1;
  });
  await pause(settleMs, { signal });
  const [stats] = telemetry.stats().targets;
  return { messages: sent, datagrams: stats?.sent ?? 0, refused: stats?.listening === false };
}

function isPlain(value: unknown): value is number | string {
  return typeof value === "number" || typeof value === "string";
}

import { busDir } from "@vj/control";
import { messageOf, placeText } from "@vj/schema";
import type { DroppedPackets, OscMessage } from "@vj/telemetry";
import { CliError, exitCodes } from "../cli-error.ts";
import { printError } from "../output.ts";
import { TeeGuard } from "./tee-guard.ts";

/** Gets each message, and when it came: epoch ms. */
export type OnOsc = (message: OscMessage, at: number) => void;

/** Gets what keeps messages away, in words; undefined once that is over. */
export type OnProblem = (text: string | undefined) => void;

/** Where to listen, and who gets every packet too, as it came. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
  readonly tee: readonly { readonly host: string; readonly port: number }[];
}

/** A source of OSC messages. */
export interface OscSource {
  dropped(): DroppedPackets[];
  /** Whether something that could send is there. */
  hasSender(): boolean;
  close(): Promise<void>;
}

/** Receives packets of any sender on a port. */
export async function listen({ host, port, tee }: ListenPlace, onMessage: OnOsc, onProblem: OnProblem): Promise<OscSource> {
  const loop = tee.find((place) => place.port === port && /^(?:localhost|127\.|0\.0\.0\.0$|::1?$)/.test(place.host));
  if (loop !== undefined) throw new CliError(`--tee ${placeText(loop)} is the port that is listened on`, { hint: "give the port of the other program", exitCode: exitCodes.usage });
  const { createReceiver, Outlet, TelemetryError } = await import("@vj/telemetry");
  const outlets = tee.map((place) => new Outlet({ ...place, onRecovered: () => onProblem(undefined), onProblem }));
  const guard = new TeeGuard();
  const pass = (bytes: Uint8Array): void => {
    if (tee.length === 0 || guard.circle) return;
    const packets = guard.pass(bytes, performance.now());
    for (const packet of packets) for (const outlet of outlets) outlet.send(packet);
    if (guard.circle) onProblem(`what --tee passes on comes back to port ${port}, so nothing is passed on any more; end the other --tee that sends to this port, then start this one again`);
  };
  const closeOutlets = async (): Promise<void> => void (await Promise.all(outlets.map((outlet) => outlet.close())));
  try {
    const receiver = await createReceiver({ host, port, changePort: (free) => `vj osc --port ${free}` });
    let hasSender = false;
    receiver.on("message", (message, at) => {
      hasSender = true;
      onMessage(message, at);
    });
    receiver.on("packet", pass);
    printError(`listening on UDP port ${port}${tee.length === 0 ? "" : `, passing every packet on to ${tee.map(placeText).join(", ")}`}`);
    return {
      dropped: () => receiver.stats().dropped,
      hasSender: () => hasSender,
      close: async () => {
        await receiver.close();
        await closeOutlets();
      },
    };
  } catch (error) {
    await closeOutlets();
    if (!(error instanceof TelemetryError) || error.code !== "port_taken") throw error;
    throw new CliError(messageOf(error), { hint: "leave out --port to see the same through the bus", cause: error });
  }
}

/** Receives only packets of the workers on the bus. */
export async function tap(addresses: readonly string[] | undefined, onMessage: OnOsc, onProblem: OnProblem): Promise<OscSource> {
  const [{ Dropped }, { openRig }] = await Promise.all([import("@vj/telemetry"), import("@vj/rig")]);
  const dropped = new Dropped();
  const rig = openRig({ busDir: busDir(), states: false });
  rig.on("problem", onProblem);
  let isQuiet = false;
  const onAny: OnOsc = (message, at) => {
    if (isQuiet) onProblem(undefined);
    isQuiet = false;
    onMessage(message, at);
  };
  rig.listen(addresses, onAny, { onMalformed: (sender, reason) => dropped.add(sender, reason) });
  const hasSender = (): boolean => Object.values(rig.state.workers).some(({ subscribed }) => subscribed);
  const timer = setTimeout(() => {
    isQuiet = !hasSender();
    if (isQuiet) onProblem("no worker is running yet; start the rig with: vj up");
  }, 1000);
  return {
    dropped: () => dropped.list(),
    hasSender,
    close: () => {
      clearTimeout(timer);
      return rig.close();
    },
  };
}

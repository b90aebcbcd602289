import { setImmediate as nextTurn } from "node:timers/promises";
import { busDir } from "@vj/control";
import type { RecordedMessage, Recording } from "@vj/recording";
import { silenceWorkers } from "@vj/rig";
import { counted, placeText } from "@vj/schema";
import { Outlet } from "@vj/telemetry";
import { CliError } from "../cli-error.ts";
import { printError } from "../output.ts";
import { replayTable } from "./replay-table.ts";
import { ReplayWorker, replayName } from "./replay-worker.ts";

/** Where a replay goes. */
export interface ReplaySink {
  /** For a person: "to 127.0.0.1:9000". */
  readonly where: string;
  send(message: RecordedMessage): void;
  /** Faults so far, for a person. */
  faults(): string[];
  /** How many messages could not be sent so far. */
  lost(): number;
  close(): Promise<void>;
}

/** One place gets the bytes exactly as they were recorded. */
export async function placeSink({ host, port }: { host: string; port: number }): Promise<ReplaySink> {
  const outlet = new Outlet({ host, port, onRecovered: () => {}, onProblem: printError });
  await outlet.settled;
  /** As long as it was open. */
  let listened = true;
  return {
    where: `to ${placeText({ host, port })}`,
    send: ({ data }) => outlet.send(data),
    faults: () => {
      const { dropped, phase } = outlet.stats();
      const why = phase === "open" ? "the network took no more" : `${placeText({ host, port })} could not be reached; give another place: --to host:port`;
      return [
        ...(listened ? [] : [`nobody listens at ${placeText({ host, port })}; start its program, or give another place: --to host:port`]),
        ...(dropped > 0 ? [`${counted(dropped, "message")} not sent: ${why}`] : []),
      ];
    },
    lost: () => outlet.stats().dropped,
    async close() {
      // That the last message was refused is known a turn later.
      await nextTurn();
      listened = outlet.stats().listening;
      await outlet.close();
    },
  };
}

/** Sends it to the rig: to the targets, the screens, and every program that follows the bus. @param wanted whether an address is asked for */
export async function rigSink(recording: Recording, wanted: (address: string) => boolean): Promise<ReplaySink> {
  const table = await replayTable(recording, wanted);
  if (Object.keys(table).length === 0) throw new CliError("there is nothing in it to replay", { hint: "see what it holds: vj export FILE --format ndjson --out -" });
  const worker = new ReplayWorker(table);
  await worker.start();
  // Two voices would contradict each other.
  const muted = await silenceWorkers({
    busDir: worker.busDir,
    except: [replayName],
    concerns: ({ osc }) => Object.keys(osc).some((address) => Object.hasOwn(table, address)),
    onProblem: (name, why) => printError(`${name} sends the same addresses and ${why}; stop it with: vj stop ${name}`),
  }).catch(async (error: unknown) => {
    await worker.stop();
    throw error;
  });
  const unsent = new Set<string>();
  let unpublished = 0;
  return {
    get where() {
      return muted.names.length === 0 ? `on the bus ${busDir()}` : `on the bus instead of ${muted.names.join(", ")}`;
    },
    send: (message) => {
      if (worker.publish(message)) return;
      unpublished += 1;
      unsent.add(message.channel.topic);
    },
    faults: () => (unsent.size === 0 ? [] : [`left out, as their types or values do not fit their addresses on the bus: ${[...unsent].slice(0, 10).join(" ")}; --to sends them as they are`]),
    lost: () => unpublished,
    async close() {
      await worker.stop();
      await muted.close();
    },
  };
}

import { fileURLToPath } from "node:url";
import { createReceiver } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import { WorkerProcess } from "@vj/worker/testing";
import { waitFor } from "@vj/test-kit";

export const workerProgram = fileURLToPath(new URL("../../bin/audio-analyzer.js", import.meta.url));

/** It comes with each frame, whatever is switched off. */
const everyFrame = "/audio/levels";

/** The worker as a real process, and a receiver of its telemetry. */
export interface RunningWorker extends AsyncDisposable {
  readonly process: WorkerProcess;
  readonly receiver: Receiver;
  /** `data` of a command's reply. */
  ask(cmd: string, args?: Record<string, unknown>, timeoutMs?: number): Promise<Record<string, unknown>>;
  /** Waits until the source has this verdict. */
  verdict(wanted: string, timeoutMs?: number): Promise<void>;
  /** Waits until the overall level is above, or below, this value. */
  level(relation: "above" | "below", value: number, timeoutMs?: number): Promise<void>;
  /** Messages per second of each address, measured until so many frames have come. */
  rates(frames: number, ...addresses: readonly string[]): Promise<number[]>;
  /** Waits for so many more messages of one address. */
  more(address: string, messages: number): Promise<void>;
}

export async function runWorker(env: Record<string, string>): Promise<RunningWorker> {
  const counts = new Map<string, number>();
  const receiver = await createReceiver();
  receiver.on("message", ({ address }) => counts.set(address, (counts.get(address) ?? 0) + 1));
  const worker = await WorkerProcess.prepare("audio_analyzer", {
    command: [process.execPath, workerProgram],
    env: { VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}`, ...env },
  });
  const client = await worker.start().catch(async (error: unknown) => {
    await worker.remove();
    await receiver.close();
    throw error;
  });

  const ask = async (cmd: string, args = {}, timeoutMs = 20_000): Promise<Record<string, unknown>> => {
    const reply = await client.request(cmd, args, { timeoutMs });
    if (!reply.success) throw new Error(`${cmd}: ${reply.message ?? "failed"}`);
    return reply.data ?? {};
  };

  const more = async (address: string, messages: number): Promise<void> => {
    const wanted = (counts.get(address) ?? 0) + messages;
    await waitFor(`${messages} messages to ${address}`, () => (counts.get(address) ?? 0) >= wanted);
  };

  return {
    process: worker,
    receiver,
    ask,
    async verdict(wanted, timeoutMs = 30_000) {
      let last: unknown;
      await waitFor(
        `verdict ${wanted}`,
        async () => {
          const { source } = await ask("get_state");
          last = source;
          return JSON.stringify(source).includes(`"verdict":"${wanted}"`);
        },
        timeoutMs,
      ).catch((error: unknown) => {
        throw new Error(`last seen: ${JSON.stringify(last)}`, { cause: error });
      });
    },
    async level(relation, value, timeoutMs = 30_000) {
      await waitFor(
        `a level ${relation} ${value}`,
        () => {
          const rms = receiver.latest("/audio/levels")?.message.args[7];
          return typeof rms === "number" && (relation === "above" ? rms > value : rms < value);
        },
        timeoutMs,
      );
    },
    more,
    async rates(frames, ...addresses) {
      const [begun, before] = [performance.now(), new Map(counts)];
      await more(everyFrame, frames);
      const seconds = (performance.now() - begun) / 1000;
      return addresses.map((address) => ((counts.get(address) ?? 0) - (before.get(address) ?? 0)) / seconds);
    },
    async [Symbol.asyncDispose]() {
      await worker.remove();
      await receiver.close();
    },
  };
}

import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess } from "@vj/worker/testing";
import { standInSource } from "./helpers/stand-in-source.ts";
import type { StandInSource } from "./helpers/stand-in-source.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/now-playing.js")] as const;
/** `VJ_HANDOVERS=1000` makes a longer test. */
const handovers = Number(process.env["VJ_HANDOVERS"] ?? 60);

/** A receiver of `/karaoke/track`. */
class Listener {
  /** UDP ports that sent `/karaoke/track`, since `forget`. */
  voices = new Set<number>();
  /** Source and title of the last track. */
  last = "";
  /** Titles that no source was playing when they arrived. */
  readonly stale: string[] = [];
  sources: StandInSource[] = [];
  #sender = 0;

  async open(): Promise<number> {
    const receiver = await createReceiver({
      port: 0,
      admit: ({ port }, take) => {
        this.#sender = port;
        take();
      },
    });
    receiver.on("message", ({ address, args }) => {
      if (!address.startsWith("/karaoke/")) return;
      this.voices.add(this.#sender);
      if (address === "/karaoke/track" && args[0] === 1) this.#track(String(args[1]), String(args[3]));
    });
    onTestFinished(() => receiver.close());
    return receiver.port;
  }

  forget(): void {
    this.voices = new Set();
  }

  #track(source: string, title: string): void {
    this.last = `${source} ${title}`;
    if (this.sources.find(({ name }) => name === source)?.title !== title) this.stale.push(this.last);
  }
}

it("a listener gets one voice and no stale track, through many handovers and a kill -9", { timeout: 240_000 + handovers * 1000 }, async () => {
  const listener = new Listener();
  const port = await listener.open();
  const worker = await WorkerProcess.prepare("now_playing", { command, env: { VJ_OSC_TARGETS: `127.0.0.1:${port}` } });
  onTestFinished(() => worker.remove());
  let client = await worker.start();
  for (const name of ["virtualdj", "spotify", "desktop"]) listener.sources.push(await standInSource(name, worker.busDir, port));
  onTestFinished(async () => {
    for (const source of listener.sources) await source.stop();
  });
  const held = (): Promise<unknown> => waitFor("every output to be held", () => listener.sources.every((source) => source.held));

  let seed = 7;
  const pick = (): StandInSource => {
    seed = (seed * 48_271) % 2_147_483_647;
    const source = listener.sources[seed % listener.sources.length];
    if (source === undefined) throw new Error("there is no source");
    return source;
  };
  const handOver = async (count: number): Promise<void> => {
    const source = pick();
    await client.request("set_config", { pinned_source: source.name }, { timeoutMs: 15_000 });
    source.play(`${source.name} ${count}`);
    await waitFor(`track ${count} of ${source.name}`, () => listener.last === `${source.name} ${source.name} ${count}`);
  };

  await held();
  for (const source of listener.sources) source.play(`${source.name} first`);
  await handOver(0);
  listener.forget();
  for (let count = 1; count <= handovers; count += 1) await handOver(count);
  expect([...listener.voices]).toHaveLength(1);

  await worker.kill("SIGKILL");
  const alone = pick();
  await waitFor("the release", () => !alone.held);
  alone.play("alone");
  await waitFor("a monitor that publishes itself", () => listener.last === `${alone.name} alone`);

  client = await worker.start();
  await held();
  await handOver(handovers + 1);
  listener.forget();
  for (let count = handovers + 2; count <= handovers + 12; count += 1) await handOver(count);
  expect([...listener.voices]).toHaveLength(1);
  expect(listener.stale).toEqual([]);
});

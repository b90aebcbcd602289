import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Peer } from "@vj/control";
import type { Reply } from "@vj/schema";
import { ChangeQueue } from "../src/change-queue.ts";
import { failed, ok } from "../src/reply.ts";
import { createSerial } from "@vj/schema";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Client implements Peer {
  readonly id = 1;
  readonly connectedAt = 0;
  readonly #listeners = new Set<() => void>();
  send(): void {}
  on(_event: "close", listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  close(): void {
    for (const listener of this.#listeners) listener();
  }
  get listeners(): number {
    return this.#listeners.size;
  }
}

/** A worker that takes 10 ms for a change, and its requests in order. */
function worker(): { queue: ChangeQueue; done: unknown[] } {
  const done: unknown[] = [];
  const act = async (what: unknown, reply: Reply): Promise<Reply> => {
    done.push(what);
    await new Promise((resolve) => setTimeout(resolve, 10));
    return reply;
  };
  const actions = {
    refusal: (changes: Record<string, unknown>) => (Object.values(changes).includes("wrong") ? failed("wrong value") : undefined),
    setConfig: (changes: Record<string, unknown>) =>
      act(changes, Object.values(changes).includes("impossible") ? failed("not possible") : ok("updated", changes)),
    restart: () => act("restart", ok("restarted")),
  };
  return { queue: new ChangeQueue(actions, createSerial()), done };
}

async function settled<T>(replies: Promise<T>[]): Promise<T[]> {
  const all = Promise.all(replies);
  await vi.advanceTimersByTimeAsync(60_000);
  return all;
}

describe("changes that wait", () => {
  it("are one restart, however many were asked for", async () => {
    const { queue, done } = worker();
    const client = new Client();
    const replies = await settled(Array.from({ length: 1000 }, () => queue.restart(client)));
    expect(replies.every(({ success }) => success)).toBe(true);
    expect(done).toEqual(["restart", "restart"]);
    expect(client.listeners).toBe(0);
  });

  it("are one set_config with the last value of each key; an invalid one is refused alone", async () => {
    const { queue, done } = worker();
    const [a, b] = [new Client(), new Client()];
    const first = queue.setConfig(a, { x: 0 });
    const rest = [
      queue.setConfig(a, { x: 1, y: 1 }),
      queue.setConfig(b, { z: "wrong" }),
      queue.setConfig(b, { x: 2 }),
      queue.setConfig(a, { w: 3 }),
    ];
    expect((await settled([first, ...rest])).map(({ message }) => message)).toEqual(["updated", "updated", "wrong value", "updated", "updated"]);
    expect(done).toEqual([{ x: 0 }, { x: 2, y: 1, w: 3 }]);
  });

  it("do not suffer from another client's values", async () => {
    const { queue, done } = worker();
    const [a, b] = [new Client(), new Client()];
    const replies = [queue.restart(a), queue.setConfig(a, { x: 1 }), queue.setConfig(b, { y: "impossible" })];
    expect((await settled(replies)).map(({ success }) => success)).toEqual([true, true, false]);
    expect(done).toEqual(["restart", { x: 1, y: "impossible" }, { x: 1 }, { y: "impossible" }]);
  });

  it("are dropped with their client, and are refused when the worker stops", async () => {
    const { queue, done } = worker();
    const [stays, goes] = [new Client(), new Client()];
    const replies = [queue.restart(stays), queue.restart(goes), queue.setConfig(goes, { x: 1 }), queue.setConfig(stays, { y: 1 })];
    goes.close();
    await settled(replies);
    expect(done).toEqual(["restart", { y: 1 }]);
    queue.close();
    expect(await settled([queue.restart(stays)])).toEqual([failed("the worker is stopping", "unavailable")]);
  });

  it("keep a distance that grows with what a change costs", async () => {
    const { queue, done } = worker();
    const client = new Client();
    void queue.restart(client);
    await vi.advanceTimersByTimeAsync(20);
    void queue.setConfig(client, { x: 1 });
    await vi.advanceTimersByTimeAsync(900);
    expect(done).toEqual(["restart"]);
    await vi.advanceTimersByTimeAsync(200);
    void queue.setConfig(client, { x: 2 });
    await vi.advanceTimersByTimeAsync(50);
    expect(done).toEqual(["restart", { x: 1 }]);
    await vi.advanceTimersByTimeAsync(200);
    expect(done).toEqual(["restart", { x: 1 }, { x: 2 }]);
  });
});

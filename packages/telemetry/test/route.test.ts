import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConnectedSocket, ResolvedHost } from "../src/outlet/open-socket.ts";
import { Route } from "../src/outlet/route.ts";

let [address, opened, closed]: [string | undefined, string[], string[]] = ["10.0.0.1", [], []];
let events: string[] = [];

/** A name that leads where the test says, or nowhere. */
const network = {
  resolveHost: async (): Promise<ResolvedHost> => {
    if (address === undefined) throw new Error("no such name");
    return { address, family: 4 };
  },
  openSocket: async (to: ResolvedHost): Promise<ConnectedSocket> => {
    opened.push(to.address);
    const close = (callback?: () => void): void => {
      closed.push(to.address);
      callback?.();
    };
    return { getSendQueueSize: () => 0, address: () => ({ port: opened.length }), send: () => {}, on: () => {}, close };
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  [address, opened, closed, events] = ["10.0.0.1", [], [], []];
});
afterEach(() => void vi.useRealTimers());

async function create(host: string, keepSocket = false): Promise<Route> {
  const route = new Route({ host, port: 9000, keepSocket, network, onOpen: (_, again) => events.push(again ? "again" : "open"), onFault: (error) => events.push(String(error)) });
  await route.open();
  return route;
}

it("an address is opened once, and needs no timer", async () => {
  const route = await create("10.0.0.1");
  expect([route.address, route.socket?.address().port, vi.getTimerCount()]).toEqual(["10.0.0.1", 1, 0]);
});

it("a name is resolved each minute; only another address is another socket", async () => {
  const route = await create("laptop.local");
  await vi.advanceTimersByTimeAsync(180_000);
  expect([opened, events]).toEqual([["10.0.0.1"], ["open"]]);
  address = "10.0.0.2";
  await vi.advanceTimersByTimeAsync(60_000);
  expect([route.address, opened, closed, events]).toEqual(["10.0.0.2", ["10.0.0.1", "10.0.0.2"], ["10.0.0.1"], ["open", "again"]]);
});

it("a name without an address is tried every five seconds, and the socket of its last address is used meanwhile", async () => {
  const route = await create("laptop.local");
  address = undefined;
  await vi.advanceTimersByTimeAsync(60_000 + 2 * 5000);
  expect([route.address, route.socket?.address().port, events]).toEqual(["10.0.0.1", 1, ["open", ...Array.from({ length: 3 }, () => "Error: no such name")]]);
  address = "10.0.0.1";
  await vi.advanceTimersByTimeAsync(5000);
  expect([opened, events.length]).toEqual([["10.0.0.1"], 4]);
});

it("a socket with errors is replaced once, after five seconds, except one to this machine that is kept", async () => {
  const route = await create("10.0.0.1");
  for (let n = 0; n < 3; n += 1) route.renew();
  expect(opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([opened.length, closed.length, events]).toEqual([2, 1, ["open", "again"]]);

  address = "127.0.0.1";
  const kept = await create("localhost", true);
  kept.renew();
  await vi.advanceTimersByTimeAsync(120_000);
  expect([opened.length, closed.length, vi.getTimerCount()]).toEqual([3, 1, 0]);
});

it("is closed with its socket, and one that is just being opened is closed, too", async () => {
  const route = await create("laptop.local");
  await route.close();
  expect([closed.length, route.socket, vi.getTimerCount()]).toEqual([1, undefined, 0]);

  const early = new Route({ host: "10.0.0.1", port: 9000, keepSocket: false, network, onOpen: () => events.push("late"), onFault: () => {} });
  const opening = early.open();
  await Promise.resolve();
  await early.close();
  await opening;
  expect([opened.length, closed.length, early.socket, events]).toEqual([2, 2, undefined, ["open"]]);
});

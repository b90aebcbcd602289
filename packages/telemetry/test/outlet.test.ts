import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Outlet } from "../src/outlet/outlet.ts";
import * as network from "../src/outlet/open-socket.ts";

vi.mock("../src/outlet/open-socket.ts", async (original) => ({ ...(await original<typeof network>()), resolveHost: vi.fn(), openSocket: vi.fn() }));

/** A socket whose events the test controls. */
class FakeSocket extends EventEmitter {
  readonly sent: Uint8Array[] = [];
  queued = 0;
  closed = false;
  fault: Error | null = null;
  address(): { port: number } {
    return { port: 40_000 + sockets.indexOf(this) };
  }
  getSendQueueSize(): number {
    return this.queued;
  }
  send(bytes: Uint8Array, callback: (error: Error | null) => void): void {
    this.sent.push(bytes);
    callback(this.fault);
  }
  close(callback?: () => void): void {
    this.closed = true;
    callback?.();
  }
}

const fault = (code: string): Error => Object.assign(new Error(`send ${code}`), { code });
const datagram = new Uint8Array(8);
const resolveHost = vi.mocked(network.resolveHost);
const openSocket = vi.mocked(network.openSocket);
let sockets: FakeSocket[] = [];
let problems: string[] = [];
let recovered = 0;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  problems = [];
  recovered = 0;
  resolveHost.mockReset().mockResolvedValue({ address: "10.0.0.1", family: 4 });
  openSocket.mockReset().mockImplementation(async () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function create(host = "10.0.0.1"): Promise<Outlet> {
  const outlet = new Outlet({
    host,
    port: 9000,
    onProblem: (text) => problems.push(text),
    onRecovered: () => (recovered += 1),
  });
  await outlet.settled;
  return outlet;
}

describe("a receiver that cannot be reached", () => {
  it("is tried again, drops meanwhile, and recovers", async () => {
    resolveHost.mockRejectedValueOnce(fault("ENOTFOUND"));
    const outlet = await create("studio");
    outlet.send(datagram);
    expect(outlet.stats()).toMatchObject({ phase: "failed", dropped: 1 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(outlet.stats()).toMatchObject({ phase: "open", sent: 0 });
    expect([recovered, problems]).toEqual([1, ["studio:9000 cannot be reached: its name is not known: correct it, or write its address (ENOTFOUND)"]]);
  });

  it("drops waiting messages, and counts them", async () => {
    openSocket.mockRejectedValueOnce(fault("ENETUNREACH"));
    const outlet = new Outlet({ host: "10.0.0.1", port: 9000, onProblem: () => {}, onRecovered: () => {} });
    for (let n = 0; n < 3; n += 1) outlet.send(datagram);
    await outlet.settled;
    expect(outlet.stats()).toMatchObject({ phase: "failed", dropped: 3 });
    void outlet.close();
  });

  it("limits the messages that wait while a name is resolved", () => {
    resolveHost.mockReturnValue(new Promise(() => {}));
    const outlet = new Outlet({ host: "slow", port: 9000, onProblem: () => {}, onRecovered: () => {} });
    for (let n = 0; n < 3; n += 1) outlet.send(new Uint8Array(500_000));
    expect(outlet.stats()).toMatchObject({ phase: "opening", dropped: 1 });
    void outlet.close();
  });
});

describe("an open receiver", () => {
  it("drops instead of queueing without end", async () => {
    const outlet = await create();
    outlet.send(datagram);
    if (sockets[0] !== undefined) sockets[0].queued = 1_048_570;
    outlet.send(datagram);
    expect(outlet.stats()).toMatchObject({ sent: 1, dropped: 1 });
  });

  it("gets a long replay at a pace that it can take, and nothing overtakes it", async () => {
    const outlet = await create();
    const numbered = (n: number): Uint8Array => new Uint8Array([n >> 8, n & 255]);
    const got = (): number[] => (sockets[0]?.sent ?? []).map(([high = 0, low = 0]) => (high << 8) + low);
    outlet.replay(Array.from({ length: 2000 }, (_, n) => numbered(n)));
    outlet.send(numbered(2000));
    expect(got()).toHaveLength(150);
    await vi.advanceTimersByTimeAsync(10);
    outlet.replay([numbered(2001)]);
    expect(got()).toHaveLength(190);
    await vi.advanceTimersByTimeAsync(450);
    expect(got().length).toBeLessThan(2000);
    await vi.advanceTimersByTimeAsync(50);
    outlet.send(numbered(2002));
    expect(got()).toEqual(Array.from({ length: 2003 }, (_, n) => n));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gets what waited for its socket at that pace too; what waits is bounded, and ends with it", async () => {
    const outlet = new Outlet({ host: "10.0.0.1", port: 9000, onProblem: () => {}, onRecovered: () => {} });
    outlet.replay(Array.from({ length: 600 }, () => new Uint8Array(8_000)));
    await outlet.settled;
    expect([sockets[0]?.sent.length, outlet.stats().dropped]).toEqual([150, 600 - Math.floor(4_194_304 / 8_000)]);
    void outlet.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("counts errors, keeps sending, and gets a new socket after a while", async () => {
    const outlet = await create();
    if (sockets[0] !== undefined) sockets[0].fault = fault("ENETUNREACH");
    for (let n = 0; n < 10; n += 1) outlet.send(datagram);
    expect(outlet.stats()).toMatchObject({ phase: "open", sent: 0, errors: 10 });
    expect(problems[0]).toBe("10.0.0.1:9000 does not take telemetry: this machine has no way to it: connect both to one network, or correct the address (ENETUNREACH)");
    await vi.advanceTimersByTimeAsync(5000);
    outlet.send(datagram);
    expect(outlet.stats()).toMatchObject({ sent: 1 });
    expect([sockets.length, sockets[0]?.closed, recovered]).toEqual([2, true, 1]);
  });

  it("on this machine that knows the port keeps getting packets from it, errors or not", async () => {
    resolveHost.mockResolvedValue({ address: "127.0.0.1", family: 4 });
    const options = { host: "localhost", port: 9000, onProblem: () => {}, onRecovered: () => {} };
    const outlet = new Outlet({ ...options, keepSocket: true });
    await outlet.settled;
    expect(outlet.sourcePort).toBe(40_000);
    if (sockets[0] !== undefined) sockets[0].fault = fault("ENOBUFS");
    outlet.send(datagram);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([sockets.length, outlet.sourcePort, outlet.stats().errors]).toEqual([1, 40_000, 1]);
    void outlet.close();
  });

  it("takes errors of the socket itself the same way", async () => {
    const outlet = await create();
    sockets[0]?.emit("error", fault("ECONNREFUSED"));
    sockets[0]?.emit("error", fault("EHOSTUNREACH"));
    expect(outlet.stats()).toMatchObject({ refused: 1, errors: 1 });
  });

  it("gets the missed messages once it listens, even if messages are rare", async () => {
    const outlet = await create();
    const fake = sockets[0] ?? new FakeSocket();
    fake.fault = fault("ECONNREFUSED");
    for (let second = 0; second < 10; second += 1) {
      outlet.send(datagram);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect([recovered, outlet.stats().listening]).toEqual([0, false]);
    fake.fault = null;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(recovered).toBe(0);
    outlet.send(datagram);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([recovered, outlet.stats().listening, vi.getTimerCount()]).toEqual([1, true, 0]);
  });

  it("that is sent nothing asks for something to send, until somebody listens", async () => {
    let asked = 0;
    const outlet = new Outlet({
      host: "127.0.0.1",
      port: 9000,
      onProblem: () => {},
      onRecovered: () => (recovered += 1),
      onSilence: () => {
        asked += 1;
        outlet.send(datagram);
      },
    });
    await outlet.settled;
    const fake = sockets.at(-1) ?? new FakeSocket();
    fake.fault = fault("ECONNREFUSED");
    outlet.send(datagram);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBeGreaterThan(20);
    expect([recovered, outlet.stats().listening]).toEqual([0, false]);
    fake.fault = null;
    await vi.advanceTimersByTimeAsync(3000);
    const before = asked;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([recovered, outlet.stats().listening, asked - before]).toEqual([1, true, 0]);
    void outlet.close();
  });

  it("whose socket reports a refusal does not count as listening", async () => {
    const outlet = await create();
    for (let second = 0; second < 5; second += 1) {
      outlet.send(datagram);
      sockets[0]?.emit("error", fault("ECONNREFUSED"));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect([recovered, outlet.stats().refused]).toEqual([0, 5]);
    void outlet.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("follows a name to its new address", async () => {
    const outlet = await create("laptop.local");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    resolveHost.mockResolvedValue({ address: "10.0.0.2", family: 4 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(openSocket).toHaveBeenLastCalledWith({ address: "10.0.0.2", family: 4 }, 9000);
    outlet.send(datagram);
    expect([sockets[0]?.closed, sockets[1]?.sent.length, recovered]).toEqual([true, 1, 1]);
  });

  it("keeps its address when the name cannot be resolved for a while", async () => {
    const outlet = await create("laptop.local");
    resolveHost.mockRejectedValueOnce(fault("EAI_AGAIN"));
    await vi.advanceTimersByTimeAsync(60_000);
    outlet.send(datagram);
    expect(outlet.stats()).toMatchObject({ phase: "open", sent: 1, dropped: 0 });
    expect(problems).toEqual(["laptop.local:9000 cannot be reached: its name cannot be resolved now: check the network, or write its address (EAI_AGAIN)"]);
  });
});

describe("close", () => {
  it("ends timers and socket", async () => {
    const outlet = await create("laptop.local");
    void outlet.close();
    outlet.send(datagram);
    expect([sockets[0]?.closed, sockets[0]?.sent.length, vi.getTimerCount()]).toEqual([true, 0, 0]);
  });

  it("closes a socket that was just being opened", async () => {
    const outlet = new Outlet({ host: "10.0.0.1", port: 9000, onProblem: () => {}, onRecovered: () => {} });
    const before = openSocket.mock.calls.length;
    await Promise.resolve();
    await Promise.resolve();
    void outlet.close();
    await outlet.settled;
    expect(openSocket.mock.calls.length - before).toBe(sockets.length);
    expect(sockets.every(({ closed }) => closed)).toBe(true);
    expect(outlet.stats().sent).toBe(0);
  });
});

it("ends with its scope, and sends nothing after that", async () => {
  let kept: Outlet;
  {
    await using outlet = await create();
    kept = outlet;
    outlet.send(datagram);
  }
  kept.send(datagram);
  expect(sockets.map(({ closed, sent }) => [closed, sent.length])).toEqual([[true, 1]]);
});

import { defineOscTable, float, limits, plainTargetView, resolveTarget, targetInputSchema } from "@vj/schema";
import type { TargetView } from "@vj/schema";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeMessage } from "../../src/index.ts";
import type { CheckedMessage } from "../../src/index.ts";
import { Retained } from "../../src/send/retained.ts";
import { Bundle } from "../../src/view/bundle.ts";
import { rendering } from "../../src/view/render.ts";
import { toAscii } from "../../src/view/to-ascii.ts";
import { View } from "../../src/view/view.ts";
import { checked, read } from "./checked.ts";

/** The view of a target as `targets.json` may have it. */
function settings(target: object): TargetView {
  return resolveTarget(targetInputSchema.parse({ name: "t", port: 1, ...target })).view;
}

function open(target: object): { view: View; datagrams: Uint8Array[]; faults: string[]; oversize: string[] } {
  const datagrams: Uint8Array[] = [];
  const faults: string[] = [];
  const oversize: string[] = [];
  const view = new View(settings(target), {
    send: (sent) => datagrams.push(...sent),
    sendStream: (sent) => datagrams.push(sent),
    onFault: (_, fault) => faults.push(fault),
    onOversize: (address) => oversize.push(address),
  });
  return { view, datagrams, faults, oversize };
}

async function sent(target: object, ...messages: CheckedMessage[]): Promise<ReturnType<typeof read>> {
  const { view, datagrams } = open(target);
  for (const message of messages) view.send(rendering(message));
  await Promise.resolve();
  return read(datagrams);
}

const onset = checked("/audio/onset", [1, 0.5, 0]);
const track = checked("/karaoke/track", [1, "test", "Motörhead", "Ænima – 恋の歌", "", 60, 0]);

describe("a view", () => {
  it("sends everything in the table's form by default", async () => {
    expect(settings({})).toEqual(plainTargetView);
    expect(await sent({}, onset)).toEqual([["/audio/onset", "fff", 1, 0.5, 0]]);
  });

  it("shapes first, then keeps to only and not, then renames, then puts the prefix before all", async () => {
    const flat = { shape: "flat", only: ["/audio/hit/*"], not: ["/audio/hit/hat"], rename: [{ from: "/audio/hit/kick", to: "/layer/1" }], prefix: "/vj" };
    expect(await sent(flat, onset, checked("/audio/bpm", [120, 1]))).toEqual([["/vj/layer/1", "f", 1], ["/vj/audio/hit/snare", "f", 0.5]]);
    expect(await sent({ rename: [{ from: "/audio/*", to: "/in/*" }] }, onset)).toEqual([["/in/onset", "fff", 1, 0.5, 0]]);
    expect(await sent({ not: ["*"] }, onset)).toEqual([]);
  });

  it("folds texts to ASCII where a receiver reads nothing else", async () => {
    expect(await sent({ text: "ascii" }, track)).toEqual([["/karaoke/track", "issssfi", 1, "test", "Motorhead", "AEnima - ?", "", 60, 0]]);
    expect(toAscii("Straße, Ørsted & Łódź… “x”")).toBe('Strasse, Orsted & Lodz... "x"');
  });

  it("puts what one turn of the loop sends into one bundle in flat shapes, and never into one in the packed shape", async () => {
    const flat = open({ shape: "flat" });
    for (const message of [onset, checked("/audio/phase", [0, 0, 1])]) flat.view.send(rendering(message));
    await Promise.resolve();
    expect(flat.datagrams).toHaveLength(1);
    expect(read(flat.datagrams).map(([address]) => address)).toEqual(["/audio/hit/kick", "/audio/hit/snare", "/audio/hit/hat", "/audio/beat/phase", "/audio/bar/phase", "/audio/beat/count"]);
    const packed = open({});
    packed.view.send(rendering(onset));
    packed.view.send(rendering(onset));
    expect(packed.datagrams).toHaveLength(2);
  });

  it("names what cannot travel, and sends the rest", async () => {
    const { view, oversize, datagrams } = open({});
    view.send(rendering(checked("/lyrics/available", ["x".repeat(limits.datagramBytes), "", 1])));
    view.send(rendering(onset));
    expect(oversize).toEqual(["/lyrics/available"]);
    expect(read(datagrams)).toHaveLength(1);
  });

  it("names a number whose address alone fills a datagram, in a bundle too", async () => {
    const long = `/${"x".repeat(limits.datagramBytes)}`;
    const [definition] = Object.values(defineOscTable({ "/long": { args: [float("level")], kind: "stream", rate: 60, description: "A level" } }));
    for (const target of [{ shape: "flat" }, { shape: "flat", rate: 30 }]) {
      const { view, oversize, datagrams } = open(target);
      if (definition !== undefined) view.send(rendering({ address: long, definition, values: [1] }));
      view.send(rendering(onset));
      await Promise.resolve();
      expect(oversize).toEqual([`${long}/level`]);
      expect(read(datagrams)).toHaveLength(3);
    }
  });

  it("makes the bytes of a message once for all views that leave it as it is", () => {
    const render = rendering(onset);
    const [one, two] = [open({}), open({ only: ["/audio/*"] })];
    one.view.send(render);
    two.view.send(render);
    expect(two.datagrams[0]).toBe(one.datagrams[0]);
  });
});

describe("events", () => {
  const song = (words: string): CheckedMessage[] => [
    checked("/karaoke/lyrics/reset", []),
    ...[words, words, "b"].map((text, index) => checked("/karaoke/lyrics/line", [index, index, text])),
    checked("/karaoke/image/clear", []),
  ];

  it.each([{ rate: 1 }, { on_change: true }, { rate: 1, on_change: true, safe: true }])("all pass, in order, with %j", async (settings) => {
    const two = [...song("la"), ...song("la")];
    expect(await sent(settings, ...two)).toEqual(await sent({}, ...two));
    expect(await sent({ ...settings, shape: "flat" }, ...two)).toEqual(await sent({ shape: "flat" }, ...two));
  });
});

describe("the flash guard of a view", () => {
  it("counts what several addresses are renamed to as one value", async () => {
    const merged = { shape: "flat", safe: true, only: ["/audio/hit/*"], rename: ["kick", "snare", "hat"].map((name) => ({ from: `/audio/hit/${name}`, to: "/lamp" })) };
    const hits = Array.from({ length: 40 }, () => checked("/audio/onset", [1, 0, 1]));
    const values = (await sent(merged, ...hits)).map(([, , value]) => Number(value));
    expect(values).toHaveLength(120);
    expect(values.filter((value, index) => value === 0 && (values[index - 1] ?? 0) > 0).length).toBeLessThanOrEqual(3);
  });

  it("lets nothing flash in its first second, nor in the second after another view", async () => {
    vi.useFakeTimers();
    try {
      const [one, other] = [open({ safe: true, only: ["/audio/beat"] }), open({ safe: true, prefix: "/b", only: ["/audio/beat"] })];
      const strobe = async ({ view, datagrams }: typeof one, forMs: number): Promise<number> => {
        datagrams.length = 0;
        for (let n = 0; n < forMs / 20; n += 1) {
          view.send(rendering(checked("/audio/beat", [n % 2, 0])));
          await vi.advanceTimersByTimeAsync(20);
        }
        return read(datagrams).filter(([, , on]) => on === 1).length;
      };
      expect(await strobe(one, 1000)).toBe(0);
      expect(await strobe(one, 1000)).toBe(3);
      await vi.advanceTimersByTimeAsync(2000);
      other.view.follow(one.view);
      expect(await strobe(other, 1000)).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("finishes what it held back when nothing newer comes", async () => {
    vi.useFakeTimers();
    try {
      const { view, datagrams } = open({ safe: true, only: ["/audio/energy"] });
      view.send(rendering(checked("/audio/energy", [1, 0])));
      view.send(rendering(checked("/audio/energy", [0, 0])));
      await vi.advanceTimersByTimeAsync(2000);
      expect(read(datagrams).at(-1)).toEqual(["/audio/energy", "ff", 0, 0]);
      expect(datagrams.length).toBeLessThan(30);
    } finally {
      vi.useRealTimers();
    }
  });

  it("lets the first value of a brightness be what it is, and a state too", async () => {
    expect(await sent({ safe: true }, checked("/audio/energy", [0.75, 0.5]), checked("/karaoke/image/opacity", [1]))).toEqual([["/audio/energy", "ff", 0.75, 0.5], ["/karaoke/image/opacity", "f", 1]]);
  });
});

describe("a view with another who joins", () => {
  it("sends every value anew, also what has not changed", async () => {
    const { view, datagrams } = open({ on_change: true });
    const still = (): void => view.send(rendering(checked("/audio/bpm", [120, 1])));
    still();
    still();
    view.refresh();
    still();
    expect(read(datagrams)).toHaveLength(2);
  });
});

describe("a rate", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("holds a message until its time, and drops what is held when its view goes", async () => {
    const { view, datagrams } = open({ rate: 10 });
    for (const level of [0.1, 0.2, 0.3]) view.send(rendering(checked("/audio/energy", [level, 0.5])));
    expect(datagrams).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(110);
    expect(read(datagrams)).toEqual([["/audio/energy", "ff", expect.closeTo(0.1), 0.5], ["/audio/energy", "ff", expect.closeTo(0.3), 0.5]]);
    view.send(rendering(checked("/audio/energy", [0.4, 0.5])));
    view.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(datagrams).toHaveLength(2);
  });
});

it("a bundle is never larger than a datagram, keeps the order, and leaves single messages alone", () => {
  const messages = Array.from({ length: 100 }, (_, index) => {
    const encoded = encodeMessage(checked("/karaoke/refrain/active", [index, "x".repeat(index)]));
    if (!encoded.ok) throw new Error(encoded.error);
    return encoded.bytes;
  });
  const bundled = (some: readonly Uint8Array[]): Uint8Array[] => {
    const bundle = new Bundle();
    for (const message of some) bundle.add(message);
    expect(bundle.isEmpty).toBe(some.length === 0);
    return bundle.take().map((bytes) => new Uint8Array(bytes));
  };
  const bundles = bundled(messages);
  expect(Math.max(...bundles.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(limits.datagramBytes);
  expect(bundles.length).toBeLessThan(12);
  expect(read(bundles).map(([, , index]) => index)).toEqual(messages.map((_, index) => index));
  expect(bundled(messages.slice(0, 1))).toEqual(messages.slice(0, 1));
  const largest = new Uint8Array(limits.datagramBytes).fill(1);
  expect(bundled([largest, ...messages.slice(0, 1), largest])).toEqual([largest, ...messages.slice(0, 1), largest]);
  expect(bundled([])).toEqual([]);
});

it("retains values that the sender of the message can no longer change", () => {
  const retained = new Retained();
  const values = [0.25];
  retained.keep(checked("/karaoke/image/opacity", values));
  values[0] = 1;
  expect(retained.states().map((message) => [message.address, message.values])).toEqual([["/karaoke/image/opacity", [0.25]]]);
});

import { audioOsc, defineOscTable, int, lyricsOsc, text } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { createTelemetry, encode, readArgs, readOsc } from "../src/index.ts";
import type { OscMessage, Telemetry } from "../src/index.ts";

const message = (address: string, ...args: OscMessage["args"]): OscMessage => ({ address, tags: "", args });

describe("sent values", () => {
  const telemetry: Telemetry<typeof audioOsc & typeof lyricsOsc> = createTelemetry({ table: { ...audioOsc, ...lyricsOsc }, targets: [] });
  void telemetry.close();

  it("are checked by the compiler: address, names, order, types and number", () => {
    telemetry.send("/audio/beat", { beat: 1, flux: 0.4 });
    telemetry.send("/audio/beat", [1, 0.4]);
    telemetry.send("/audio/levels", new Float32Array(8));
    telemetry.send("/karaoke/keywords/reset", {});
    telemetry.send("/karaoke/keywords/reset", ["id"]);
    telemetry.send("/karaoke/lyrics/reset", []);
    // @ts-expect-error no such address
    telemetry.send("/audio/beatt", [1, 0.4]);
    // @ts-expect-error a text where a number belongs
    telemetry.send("/audio/beat", ["x", 0.4]);
    // @ts-expect-error too few
    telemetry.send("/audio/beat", [1]);
    // @ts-expect-error too many
    telemetry.send("/audio/beat", [1, 0.4, 2]);
    // @ts-expect-error none
    telemetry.send("/audio/levels", []);
    // @ts-expect-error one is missing
    telemetry.send("/audio/beat", { beat: 1 });
    // @ts-expect-error one is unknown
    telemetry.send("/audio/beat", { beat: 1, flux: 0.4, extra: 1 });
    // @ts-expect-error this address takes nothing
    telemetry.send("/karaoke/lyrics/reset", [1]);
    // @ts-expect-error a vector where a text belongs
    telemetry.send("/karaoke/lyrics/line", new Float32Array(3));
    expect(telemetry.stats().rejected).toBe(0);
  });

  it("are encoded the same by name and in order", () => {
    const table = defineOscTable({ "/x": { args: [int("n"), { ...text("word"), optional: true }], kind: "event", description: "" } });
    const definition = table["/x"];
    expect(encode("/x", definition, { word: "a", n: 2 })).toEqual(encode("/x", definition, [2, "a"]));
    expect(encode("/x", definition, { n: 2 })).toEqual(encode("/x", definition, [2]));
    expect(encode("/x", definition, { word: "a" })).toEqual({ ok: false, error: "/x: n must be a finite number, got undefined" });
  });
});

describe("received messages", () => {
  it("have their arguments by name", () => {
    const reading = readOsc(audioOsc, message("/audio/beat", 1, 0.5));
    expect(reading).toEqual({ address: "/audio/beat", args: { beat: 1, flux: 0.5 } });
    if (reading?.address !== "/audio/beat") throw new Error("not read");
    const { beat, flux }: { beat: number; flux: number } = reading.args;
    expect([beat, flux]).toEqual([1, 0.5]);
    expect(readOsc(lyricsOsc, message("/karaoke/keywords/reset"))?.args).toEqual({});
    expect(readArgs(audioOsc, "/audio/beat", message("/audio/beat", 1, 0.5))?.flux).toBe(0.5);
    expect(readArgs(audioOsc, "/audio/beat", message("/audio/bpm", 120, 1))).toBeUndefined();
    expect(readArgs(audioOsc, "/audio/beat", message("/audio/beat", 2, 0.5))).toBeUndefined();
  });

  it("may have more arguments than the table, and rounding at the edge of a range", () => {
    expect(readOsc(audioOsc, message("/audio/beat", 1, Math.fround(1.000_000_1), 7))?.args).toMatchObject({ beat: 1 });
  });

  it.each([
    ["an address of no table", message("/audio/nothing", 1)],
    ["an inherited name", message("toString", 1)],
    ["an argument missing", message("/audio/beat", 1)],
    ["a text for a number", message("/audio/beat", 1, "0.5")],
    ["a fraction for an integer", message("/audio/beat", 0.5, 0.5)],
    ["a value out of range", message("/audio/beat", 2, 0.5)],
    ["no number at all", message("/audio/beat", 1, NaN)],
    ["a text that is none of the choices", message("/audio/section", "<script>", 1)],
    ["control characters", message("/audio/section", "drop\u001b[2J", 1)],
  ])("are refused with %s", (_, broken) => {
    expect(readOsc(audioOsc, broken)).toBeUndefined();
  });
});

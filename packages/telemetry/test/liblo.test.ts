import { execFileSync } from "node:child_process";
import { contractOsc, targetSchema } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import { needs, spawnProcess, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver, createTelemetry } from "../src/index.ts";
import { collect } from "./collect.ts";
import { golden } from "./golden.ts";

/** liblo is an independent C library: if it can read our messages, other programs can. */
describe("liblo", needs("oscdump", "oscsend"), () => {
  it("oscdump reads every address of the contract, with the same types and values", async () => {
    const free = await createReceiver();
    const { port } = free;
    await free.close();
    await using dump = spawnProcess("oscdump", ["-L", String(port)]);
    const telemetry = createTelemetry<OscTable>({ table: contractOsc, targets: [targetSchema.parse({ name: "liblo", port })] });
    onTestFinished(() => telemetry.close());
    await waitFor("oscdump to listen", () => {
      telemetry.send("/audio/silence", [1]);
      return dump.output().includes("/audio/silence");
    });
    for (const [address, { values }] of Object.entries(golden)) telemetry.send(address, values);
    await dump.printed(/\/karaoke\/image\/fade/);
    const lines = new Map(dump.output().split("\n").map((line) => [line.split(" ")[1], line.split(" ").slice(2).join(" ")]));
    for (const [address, { tags, values }] of Object.entries(golden)) {
      const shown = values.map((value, index) => (tags[index] === "s" ? `"${value}"` : tags[index] === "f" ? Number(value).toFixed(6) : value));
      expect([address, lines.get(address)?.trim()]).toEqual([address, [tags, ...shown].join(" ").trim()]);
    }
  });

  it("oscsend is understood in all its types", async () => {
    await using receiver = await collect();
    const send = (...args: string[]): void => void execFileSync("oscsend", ["127.0.0.1", String(receiver.port), ...args]);
    send("/all", "ifsTFNIhdcS", "-7", "0.5", "text", "12345678901", "0.25", "x", "symbol");
    send("/midi", "m", "01020304");
    send("/none");
    await receiver.arrived(3);
    expect(receiver.messages).toEqual([
      ["/all", -7, 0.5, "text", true, false, null, true, 12_345_678_901, 0.25, "x", "symbol"],
      ["/midi", [1, 2, 3, 4]],
      ["/none"],
    ]);
  });
});

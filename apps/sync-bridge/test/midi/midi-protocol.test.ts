import path from "node:path";
import { waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished, vi } from "vitest";
import type { SyncConfig } from "../../src/config.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";
import { midiProtocol } from "../../src/protocols/midi/midi-protocol.ts";
import { fakeContext } from "../fake-context.ts";
import type { FakeContext } from "../fake-context.ts";

async function start(settings: Partial<SyncConfig>): Promise<FakeContext & { protocol: Protocol }> {
  vi.stubEnv("VJ_MIDI_LIBRARY", path.join(import.meta.dirname, "../fixtures/fake-midi.mjs"));
  const fake = fakeContext(settings);
  const protocol = await midiProtocol.start(fake.context);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await protocol.close();
  });
  return { ...fake, protocol };
}

it("names both ports where both are away", async () => {
  const { protocol } = await start({ midi: "both", midi_out: "keyboard", midi_in: "piano" });
  const condition = await waitFor("the ports", () => protocol.condition?.());
  expect(condition.text).toMatch(/no MIDI port "keyboard".*; also: MIDI: .*no MIDI port "piano"/);
  expect(condition.level).toBe("degraded");
});

it("says where its clock goes to", async () => {
  const { protocol } = await start({ midi: "send" });
  expect(await waitFor("the port", () => protocol.condition?.())).toEqual({ level: "ok", text: expect.stringMatching(/^MIDI clock: goes to .+/) });
});

it("says which clock comes in, and how far it is from the rig's beats", async () => {
  const { protocol, setTempo, proposed } = await start({ midi: "follow" });
  const offered = await waitFor("the clock", () => proposed.findLast((tempo) => tempo !== undefined && Math.abs(tempo.bpm - 120) < 1));
  setTempo({ ...offered, atUs: offered.atUs + 100_000, metre: 4, barKnown: false, barBeats: 0, by: 1, live: true });
  await waitFor("its distance", () => protocol.state()["phase_error_ms"] !== null);
  expect(Math.abs(Number(protocol.state()["phase_error_ms"]) - 100)).toBeLessThan(40);
  expect(protocol.state()["jitter_ms"]).toBeTypeOf("number");
  expect(protocol.condition?.()?.text).toMatch(/^MIDI clock: 1\d\d\.\d\d BPM, /);
});

import { createAudioFrame } from "@vj/audio";
import { audioOsc } from "@vj/schema";
import { createReceiver, createTelemetry } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { createAnalysisOut } from "../src/analysis-out.ts";
import { audioConfig } from "../src/config.ts";

async function openOut() {
  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  const telemetry = createTelemetry({ table: audioOsc, targets: [{ name: "t", host: "127.0.0.1", port: receiver.port, enabled: true }] });
  onTestFinished(() => telemetry.close());
  await telemetry.settled();
  let config = audioConfig.parse({ audio_source: "none" });
  const out = createAnalysisOut(telemetry, () => config);
  const set = (changes: object): void => {
    config = audioConfig.parse({ ...config, ...changes });
    out.look();
  };
  /** What a program gets that is started now. */
  const statesOfNew = async (): Promise<unknown[][]> => {
    const other = await createReceiver();
    telemetry.subscribe({ host: "127.0.0.1", port: other.port, addresses: ["*"], bundled: false });
    await waitFor("the states", () => other.entries().some(({ message }) => message.address === "/audio/silence"));
    const states = other.entries().map(({ message }) => [message.address, ...message.args]);
    await other.close();
    return states.filter(([address]) => address === "/audio/section" || address === "/audio/phrase");
  };
  const section = (): unknown => receiver.latest("/audio/section")?.message.args;
  return { out, set, statesOfNew, section };
}

const frame = Object.assign(createAudioFrame(), { section: "drop", sectionConfidence: 1, phraseBar: 3, phraseSince: 4, phraseConfidence: 1 } as const);

it("a program that starts later gets no state that is switched off", async () => {
  const { out, set, statesOfNew, section } = await openOut();
  out.frame(frame, undefined);
  expect(await statesOfNew()).toEqual([["/audio/phrase", 3, 4, 1], ["/audio/section", "drop", 1]]);
  set({ enable_structure: false });
  await waitFor("the end of the section", () => JSON.stringify(section()) === '["silence",0]');
  expect(await statesOfNew()).toEqual([]);
});

it("what the section was does not stay when another analyzer's messages are sent, who may have none", async () => {
  const { out, statesOfNew, section } = await openOut();
  out.frame(frame, undefined);
  await waitFor("the section", () => JSON.stringify(section()) === '["drop",1]');
  out.message({ address: "/audio/silence", args: { silent: 0 } }, performance.now());
  await waitFor("the end of the section", () => JSON.stringify(section()) === '["silence",0]');
  expect(await statesOfNew()).toEqual([]);
});

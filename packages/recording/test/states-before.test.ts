import { contractOsc } from "@vj/schema";
import { tempDir } from "@vj/test-kit";
import { decode } from "@vj/telemetry";
import { expect, it } from "vitest";
import { openRecording, recordedTable, statesBefore, tableMetadata } from "../src/index.ts";
import { begin, second, show, writeRecording } from "./fixture.ts";
import type { Given } from "./fixture.ts";

const words = (data: Uint8Array): string => {
  const decoded = decode(data);
  return decoded.ok ? decoded.messages.map(({ address, args }) => `${address} ${args.join(" ")}`).join() : decoded.error;
};

it("finds the last value of each state, and the lists since they were emptied", async () => {
  const special: Given[] = [
    ["/audio/silence", [1], 0.05],
    ["/karaoke/lyrics/reset", [], 3.01],
    ["/karaoke/lyrics/line", [0, 1, "old"], 3.02],
    ["/audio/silence", [0], 5.05],
    ["/karaoke/lyrics/reset", [], 20.01],
    ["/karaoke/lyrics/line", [0, 1, "one"], 20.02],
    ["/karaoke/lyrics/line", [1, 2, "two"], 21.03],
    ["/audio/silence", [1], 40.05],
    ["/karaoke/lyrics/line", [2, 3, "three"], 41.03],
  ];
  await using dir = tempDir();
  await writeRecording(dir.join("a.mcap"), [...show(), ...special].sort((a, b) => a[2] - b[2]));
  await using recording = await openRecording(dir.join("a.mcap"));
  const states = await statesBefore(recording, begin + 30n * second, { table: contractOsc });
  expect(states.map(({ data }) => words(data))).toEqual([
    "/audio/silence 0",
    "/karaoke/lyrics/reset ",
    "/karaoke/lyrics/line 0 1 one",
    "/karaoke/lyrics/line 1 2 two",
  ]);
  expect(await statesBefore(recording, begin, { table: contractOsc })).toEqual([]);
  const some = await statesBefore(recording, begin + 60n * second, { table: contractOsc, wanted: (topic) => topic.startsWith("/audio/") });
  expect(some.map(({ data }) => words(data))).toEqual(["/audio/silence 1"]);
});

it("knows what the recorded workers described, and takes nothing wrong from a file", () => {
  const osc = { "/hall/light": { args: [{ name: "on", tag: "i" as const }], kind: "state" as const, description: "The light of the hall" } };
  const table = recordedTable([tableMetadata("hall", osc), { name: "vj.worker", values: new Map([["osc", '{"/x": {"args": 3}}']]) }, { name: "vj.worker", values: new Map([["osc", "{"]]) }]);
  expect(table["/hall/light"]).toEqual(osc["/hall/light"]);
  expect(table["/audio/beat"]).toEqual(contractOsc["/audio/beat"]);
  expect(table["/x"]).toBeUndefined();
});

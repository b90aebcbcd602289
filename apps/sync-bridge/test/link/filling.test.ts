import { tempoBy } from "@vj/schema";
import { expect, it } from "vitest";
import { fillsIn } from "../../src/protocols/link/filling.ts";
import type { RigTempo } from "../../src/tempo.ts";

const tempo = (by: number, live = true): RigTempo => ({ bpm: 120, beat: 0, atUs: 0, metre: 4, barKnown: true, barBeats: 8, by, live });

it("a session fills in while the rig has no tempo, and until the music has one again; not longer", () => {
  const steps: [RigTempo | undefined, boolean][] = [
    [undefined, false],
    [tempo(tempoBy.link), false],
    [tempo(tempoBy.link), true],
    [tempo(tempoBy.link), false],
    [tempo(tempoBy.analysis), false],
    [tempo(tempoBy.analysis, false), false],
    [tempo(tempoBy.link), false],
    [tempo(tempoBy.tap), false],
    [tempo(tempoBy.link), false],
  ];
  let fills = true;
  const seen = steps.map(([current, hasOwn]) => (fills = fillsIn(fills, current, hasOwn)));
  expect(seen).toEqual([true, true, false, false, false, true, true, false, false]);
});

import { describe, expect, it } from "vitest";
import { createAttacks } from "../src/rhythm/trust/attacks.ts";

const bandCount = 3;
/** Log bands that swing between 1 and 4 for so many seconds. */
const swing = (seconds: number, hz: number): number[] => Array.from({ length: seconds * 100 }, (_, hop) => 2.5 + 1.5 * Math.sin((2 * Math.PI * hz * hop) / 100));
/** Log bands that rise at once every so many seconds, and fall slowly. */
const hits = (seconds: number, every: number): number[] => Array.from({ length: seconds * 100 }, (_, hop) => 1 + 3 * Math.exp(-(hop % (every * 100)) / 20));

function found(levels: readonly number[]): boolean[] {
  const attacks = createAttacks(bandCount);
  return levels.map((level) => {
    attacks.listen(new Float64Array(bandCount).fill(level));
    return attacks.found;
  });
}

describe("attacks", () => {
  it("are found where notes are struck, at 50 BPM, too, from the beginning", () => {
    expect(found(hits(12, 1.2))).not.toContain(false);
    expect(found(hits(12, 0.3))).not.toContain(false);
  });

  it("are not found in a held or slowly swinging sound once there was time for two, though it begins at once", () => {
    expect(found(swing(6, 0)).slice(140)).not.toContain(true);
    expect(found(swing(6, 0.7)).slice(140)).not.toContain(true);
  });

  it("are found for three seconds after the last but one, and again with the second new one", () => {
    const all = found([...hits(6, 0.5), ...swing(6, 0), ...hits(3, 0.5)]);
    expect(all.indexOf(false)).toBeGreaterThan(600 + 200);
    expect(all.indexOf(false)).toBeLessThan(600 + 300);
    expect(all.slice(1200 + 51)).not.toContain(false);
  });

  it("are forgotten on reset", () => {
    const attacks = createAttacks(1);
    for (const level of swing(3, 0)) attacks.listen(Float64Array.of(level));
    expect(attacks.found).toBe(false);
    attacks.reset();
    expect(attacks.found).toBe(true);
  });
});

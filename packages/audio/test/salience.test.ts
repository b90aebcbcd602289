import { describe, expect, it } from "vitest";
import { createSalience } from "../src/rhythm/trust/salience.ts";

/** Pushes beats of a height, 50 frames apart, with almost nothing between. */
function push(salience: ReturnType<typeof createSalience>, height: number, seconds: number): void {
  for (let frame = 0; frame < seconds * 100; frame += 1) salience.push(frame % 50 < 3 ? height : 0.002);
}

describe("salience of the beat", () => {
  it.each([0.15, 0.4, 0.98])("is full for music that always has peaks of %f", (height) => {
    const salience = createSalience();
    expect(salience.value).toBe(1);
    push(salience, height, 20);
    expect(salience.value).toBe(1);
  });

  it("is none in a breakdown of half a minute, and full again half a second after the drums", () => {
    const salience = createSalience();
    push(salience, 0.95, 20);
    push(salience, 0.2, 2);
    expect(salience.value).toBe(0);
    push(salience, 0.2, 28);
    expect(salience.value).toBe(0);
    push(salience, 0.95, 0.5);
    expect(salience.value).toBe(1);
  });

  it("is full again for softer music in the end", () => {
    const salience = createSalience();
    push(salience, 0.95, 20);
    push(salience, 0.2, 120);
    expect(salience.value).toBe(1);
  });

  it("has forgotten all after reset", () => {
    const salience = createSalience();
    push(salience, 0.95, 5);
    salience.reset();
    push(salience, 0.2, 1);
    expect(salience.value).toBe(1);
  });
});

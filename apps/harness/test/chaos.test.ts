import { needs } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { runChaos } from "../src/index.ts";
import { faults } from "../src/faults/index.ts";

// The harness finds processes in /proc.
describe("chaos", needs("proc"), () => {
  it("each kind of fault once: the rig recovers automatically and leaves no process over", { timeout: 400_000 }, async () => {
    const lines: string[] = [];
    const { records, violations } = await runChaos({ faults: faults.length, seed: 1, print: (line) => lines.push(line) });
    expect(violations, lines.join("\n")).toEqual([]);
    expect(records.filter(({ recoveries }) => recoveries.length > 0).length).toBeGreaterThanOrEqual(12);
  });
});

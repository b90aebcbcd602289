import { describe, expect, it } from "vitest";
import { createAsking } from "../src/asking.ts";
import { createPacketBudget } from "../src/packet-budget.ts";
import type { Question } from "../src/packet.ts";

describe("a flood of packets", () => {
  it("is read up to a number and a size in each second", () => {
    const budget = createPacketBudget();
    const read = (count: number, bytes: number, now: number): number => Array.from({ length: count }, () => budget(bytes, now)).filter((fault) => fault === undefined).length;
    expect(read(10_000, 100, 0)).toBe(300);
    expect(read(10, 100, 999)).toBe(0);
    expect(read(10_000, 9000, 1000)).toBe(29);
    expect(read(10, 12, 1999)).toBe(10);
    expect(budget(9001, 5000)).toBe("packets of more than 9000 bytes are left out");
    expect(budget(12, 5000)).toBeUndefined();
  });

  it("makes one packet of questions, each once, and few", async () => {
    const sent: Question[][] = [];
    await new Promise<void>((resolve) => {
      const asking = createAsking((questions) => {
        sent.push(questions);
        resolve();
      });
      for (let n = 0; n < 5000; n += 1) asking.ask([{ type: "SRV", name: `n${n % 100}` }]);
    });
    expect(sent).toEqual([Array.from({ length: 64 }, (_, n) => ({ type: "SRV", name: `n${n}` }))]);
  });

  it("asks nothing after its end", async () => {
    const sent: unknown[] = [];
    const asking = createAsking((questions) => sent.push(questions));
    asking.ask([{ type: "A", name: "x" }]);
    asking.close();
    const later = createAsking((questions) => sent.push(questions));
    later.ask([{ type: "A", name: "y" }]);
    await expect.poll(() => sent).toEqual([[{ type: "A", name: "y" }]]);
  });
});

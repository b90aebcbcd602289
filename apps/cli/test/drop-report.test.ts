import { describe, expect, it } from "vitest";
import { DropReport } from "../src/osc/drop-report.ts";

const from = (sender: string, count: number): { sender: string; reason: string; count: number } => ({ sender, reason: "no tags", count });

describe("dropped packets", () => {
  it("are reported at once for each sender, then every ten seconds with their count, and at the end", () => {
    const report = new DropReport();
    expect(report.lines([from("a:1", 1)], 0)).toEqual(["dropped 1 packet from a:1: no tags"]);
    expect(report.lines([from("a:1", 7), from("b:2", 2)], 1000)).toEqual(["dropped 2 packets from b:2: no tags"]);
    expect(report.lines([from("a:1", 8), from("b:2", 2)], 10_000)).toEqual(["dropped 7 packets from a:1 (8 in all): no tags"]);
    expect(report.lines([from("a:1", 8), from("b:2", 3)], 10_500)).toEqual([]);
    expect(report.lines([from("a:1", 8), from("b:2", 3)], Infinity)).toEqual(["dropped 1 packet from b:2 (3 in all): no tags"]);
  });
});

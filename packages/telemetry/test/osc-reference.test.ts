import { readFileSync } from "node:fs";
import { contractOsc, defineOscTable, int, text } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { contractReference, oscReference } from "../src/reference/index.ts";

describe("reference", () => {
  it("docs/osc.md is up to date", () => {
    const page = readFileSync(new URL("../../../docs/osc.md", import.meta.url), "utf8");
    expect(page, "run: node scripts/osc-docs.mjs after a build").toBe(contractReference());
  });

  it("has a row for every address of the contract", () => {
    const page = contractReference();
    for (const address of Object.keys(contractOsc)) expect(page).toContain(`| \`${address}\` |`);
  });

  it("shows ranges, units, optional arguments and lists", () => {
    const table = defineOscTable({
      "/a": { args: [{ ...int("n", 0), unit: "ms" }, { ...text("id"), optional: true }], kind: "event", description: "a | b" },
      "/b": { args: [{ name: "x", tag: "f", max: 2 }], kind: "event", description: "", list: { name: "things", role: "item" } },
    });
    const lines = oscReference([{ title: "T", table }]).split("\n");
    expect(lines[4]).toBe("| `/a` | `i[s]` | `n` (≥ 0 ms), `id` (optional) | on change | a \\| b |");
    expect(lines[5]).toBe("| `/b` | `f` | `x` (≤ 2) | per item of things |  |");
  });
});

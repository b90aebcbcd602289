import { describe, expect, it } from "vitest";
import { virtualdjConfig } from "../src/config.ts";

describe("the settings", () => {
  it("are those of the contract, each with a default", () => {
    const names = ["file_path", "osc_port", "osc_host"];
    expect(Object.keys(virtualdjConfig.parse({}))).toEqual(expect.arrayContaining(names));
  });
});

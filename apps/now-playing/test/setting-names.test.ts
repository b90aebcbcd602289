import { describe, expect, it } from "vitest";
import { nowPlayingConfig } from "../src/config.ts";

describe("the settings", () => {
  it("are those of the contract, each with a default", () => {
    const names = ["pinned_source", "delay_sec", "skip", "min_length_sec"];
    expect(Object.keys(nowPlayingConfig.parse({}))).toEqual(expect.arrayContaining(names));
  });
});

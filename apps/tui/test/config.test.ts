import { describe, expect, it } from "vitest";
import { inCi, wantsAscii, wantsColour } from "../src/config.ts";

describe("colour", () => {
  it("is decided by the command line, then NO_COLOR, then FORCE_COLOR, then TERM", () => {
    expect(wantsColour({ NO_COLOR: "1" }, ["--color"])).toBe(true);
    expect(wantsColour({ FORCE_COLOR: "1" }, ["--no-color"])).toBe(false);
    expect(wantsColour({ NO_COLOR: "1", FORCE_COLOR: "1" }, [])).toBe(false);
    expect(wantsColour({ NO_COLOR: "", FORCE_COLOR: "1" }, [])).toBe(true);
    expect(wantsColour({ FORCE_COLOR: "0" }, [])).toBe(false);
    expect(wantsColour({ FORCE_COLOR: "2", TERM: "dumb" }, [])).toBe(true);
    expect(wantsColour({ TERM: "dumb" }, [])).toBe(false);
  });
});

describe("ASCII", () => {
  it("is taken when asked for, or where signs would be two cells wide", () => {
    expect(wantsAscii({ VJ_ASCII: "1" })).toBe(true);
    expect(wantsAscii({ VJ_ASCII: "0", LANG: "ja_JP.UTF-8" })).toBe(false);
    expect(wantsAscii({ LANG: "ja_JP.UTF-8" })).toBe(true);
    expect(wantsAscii({ LANG: "ja_JP.UTF-8", LC_ALL: "en_US.UTF-8" })).toBe(wantsAscii({}));
  });
});

describe("a CI", () => {
  it("is one unless it is disabled", () => {
    expect([{ CI: "true" }, { CI: "" }, { CI: "false" }, { CI: "0" }, {}, { CONTINUOUS_INTEGRATION: "1" }].map(inCi)).toEqual([
      true, true, false, false, false, true,
    ]);
  });
});

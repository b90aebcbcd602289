import { writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { colourLevel } from "../src/colour-level.ts";
import { inCi, readEnvironment, wantsAscii, wantsLines } from "../src/config.ts";

describe("colour", () => {
  it("is decided by the command line, then NO_COLOR, then FORCE_COLOR, then TERM", () => {
    expect(colourLevel({ NO_COLOR: "1" }, ["--color"])).toBeGreaterThan(0);
    expect(colourLevel({ FORCE_COLOR: "1" }, ["--no-color"])).toBe(0);
    expect(colourLevel({ NO_COLOR: "1", FORCE_COLOR: "1" }, [])).toBe(0);
    expect(["0", "false", "1", "true", "2", "3"].map((forced) => colourLevel({ NO_COLOR: "", FORCE_COLOR: forced }, []))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(colourLevel({ FORCE_COLOR: "2", TERM: "dumb" }, [])).toBe(2);
    expect(colourLevel({ TERM: "dumb" }, [])).toBe(0);
  });
});

describe("ASCII", () => {
  it("is taken when asked for, where signs would be two cells wide, and where there is no Unicode", () => {
    expect(wantsAscii({ VJ_ASCII: "1" })).toBe(true);
    expect(wantsAscii({ VJ_ASCII: "0", LANG: "ja_JP.UTF-8" })).toBe(false);
    expect(["ja_JP.UTF-8", "zh_CN.UTF-8", "ko_KR.utf8", "C", "POSIX", "de_DE.ISO-8859-1", "en_US.latin1@euro"].map((LANG) => wantsAscii({ LANG }))).toEqual(Array(7).fill(true));
    expect(["en_US.UTF-8", "C.utf8", "de_DE.UTF-8@euro", "en_US"].map((LANG) => wantsAscii({ LANG }))).toEqual(Array(4).fill(wantsAscii({})));
    expect(wantsAscii({ LANG: "ja_JP.UTF-8", LC_ALL: "en_US.UTF-8" })).toBe(wantsAscii({}));
    expect(wantsAscii({ LANG: "en_US.UTF-8", LC_CTYPE: "C" })).toBe(true);
  });
});

describe("theme, mouse and calm", () => {
  it("are decided by the command line, then variables, then the file", () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const look = (env: NodeJS.ProcessEnv, ...args: string[]) => {
      const { palette, mouse, calm, problems } = readEnvironment({ ...env, VJ_CONFIG_DIR: dir.path }, args);
      return [palette.theme?.name, mouse, calm, problems.length];
    };
    expect(look({})).toEqual(["default", true, false, 0]);
    writeFileSync(dir.join("tui.json"), '{"theme": "light", "mouse": false, "calm": true}');
    expect(look({})).toEqual(["light", false, true, 0]);
    expect(look({ VJ_THEME: "mono", VJ_MOUSE: "1", VJ_CALM: "0" })).toEqual(["mono", true, false, 0]);
    expect(look({ VJ_THEME: "mono", VJ_MOUSE: "1", VJ_CALM: "0" }, "--theme", "high-contrast", "--no-mouse", "--calm")).toEqual(["high-contrast", false, true, 0]);
    expect(look({}, "--theme=nosuch")).toEqual(["default", false, true, 1]);
  });
});

describe("lines instead of a screen", () => {
  it("are for a screen reader, and for a CI unless it is disabled", () => {
    expect([wantsLines({}, ["--screen-reader"]), wantsLines({ INK_SCREEN_READER: "true" }, []), wantsLines({}, [])]).toEqual([true, true, false]);
    expect([{ CI: "true" }, { CI: "" }, { CI: "false" }, { CI: "0" }, {}, { CONTINUOUS_INTEGRATION: "1" }].map(inCi)).toEqual([
      true, true, false, false, false, true,
    ]);
  });
});

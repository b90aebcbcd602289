import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { paint } from "../src/text/paint.ts";
import { inRole, dim, row } from "../src/text/span.ts";
import { builtInThemes } from "../src/themes/built-in.ts";
import { styleCode } from "../src/themes/colour-code.ts";
import { findTheme } from "../src/themes/find-theme.ts";
import { parseTheme } from "../src/themes/parse-theme.ts";
import { readSettings } from "../src/tui-settings.ts";

describe("a theme", () => {
  it("gives each meaning its look, and leaves the rest as in the default one", () => {
    const theme = parseTheme("mine", '{"bad": "bold #ff8800", "quiet": "plain", "selected": "black on-bright-yellow"}', 3);
    expect(paint(row(inRole("bad", "x"), dim("y"), inRole("good", "z")), { colour: true, ascii: false, theme })).toBe(
      "\u001b[1;38;2;255;136;0mx\u001b[0my\u001b[32mz\u001b[0m",
    );
    expect(theme.codes.selected).toBe("30;103");
  });

  it("uses as many colours as the terminal has", () => {
    expect(([0, 1, 2, 3] as const).map((level) => styleCode("#ff8800", level))).toEqual(["", "33", "38;5;214", "38;2;255;136;0"]);
    expect(["gray", "bright-red", "on-blue", "pink", "#12345", "on-"].map((word) => styleCode(word, 1))).toEqual(["90", "91", "44", undefined, undefined, undefined]);
  });

  it.each([
    ['{\n  "bad": "red",\n  "goood": "red"\n}', 'line 3: "goood" is not a part of a theme'],
    ['{\n\n  "bad": "reddish"\n}', 'line 3: "reddish" is not a style'],
    ['{\n  "bad": 31\n}', 'line 2: "bad" needs a text'],
    ['{\n  "bad": "red",\n}', "line 3: this is not JSON"],
    ["[]", "line 1: a theme is an object"],
    ["", "line 1: this is not JSON"],
    ['{"__proto__": "red"}', '"__proto__" is not a part'],
  ])("with a fault is refused, with the place: %j", (text, message) => {
    expect(() => parseTheme("mine", text, 1)).toThrow(message);
  });

  it("is one of sixteen colours in all that come with the program; mono has none", () => {
    expect(builtInThemes.map(({ name }) => name)).toEqual(["default", "light", "high-contrast", "mono"]);
    for (const { codes } of builtInThemes) for (const code of Object.values(codes)) expect(code).toMatch(/^(\d+(;\d+)*)?$/);
    for (const { codes } of builtInThemes) expect(Object.values(codes).join(";")).not.toMatch(/38;|48;/);
    expect(Object.values(builtInThemes.find(({ name }) => name === "mono")?.codes ?? {}).join(";")).not.toMatch(/[39]\d/);
  });
});

describe("themes and settings of a person", () => {
  it("are files in the configuration directory; a fault is named and the default is used", () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const config = dir.join("config");
    mkdirSync(path.join(config, "themes"), { recursive: true });
    writeFileSync(path.join(config, "themes", "mine.json"), '{"good": "blue"}');
    writeFileSync(path.join(config, "themes", "broken.json"), '{"good": "blu"}');
    expect(findTheme("mine", config, 1)).toMatchObject({ theme: { name: "mine", codes: { good: "34", bad: "31" } } });
    expect(findTheme("light", config, 1).theme.name).toBe("light");
    expect(findTheme("broken", config, 1)).toMatchObject({ theme: { name: "default" }, problem: expect.stringContaining("broken.json: line 1: \"blu\"") as string });
    for (const name of ["nosuch", "../../etc/passwd", ""]) expect(findTheme(name, config, 1)).toMatchObject({ theme: { name: "default" }, problem: expect.stringContaining("there is no theme") as string });
  });

  it("of the screen: what is wrong is left out and named", () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    expect(readSettings(dir.path)).toEqual({ settings: {}, problems: [] });
    writeFileSync(dir.join("tui.json"), '{"theme": "light", "mouse": "no", "colour": 1}');
    expect(readSettings(dir.path)).toEqual({
      settings: { theme: "light" },
      problems: [expect.stringContaining('"mouse" needs true or false'), expect.stringContaining('"colour" is not a setting')],
    });
    writeFileSync(dir.join("tui.json"), "{");
    expect(readSettings(dir.path).problems).toHaveLength(1);
  });
});

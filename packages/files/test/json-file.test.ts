import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { FileError, jsonFile, openMedia, openOwn, packageVersion, replaceFile } from "../src/index.ts";

let dir: TempDir;

beforeEach(() => {
  dir = tempDir();
  onTestFinished(() => dir.remove());
});

it("keeps one JSON value, with nothing else beside it", async () => {
  const file = jsonFile(dir.join("deep/er/a.json"));
  expect(file.read()).toBeUndefined();
  expect(await file.write({ colour: "red" })).toBe('{\n  "colour": "red"\n}\n');
  expect(file.read()).toEqual({ colour: "red" });
  file.writeSync(["short"]);
  expect(file.text()).toBe('["short"]');
  expect(readdirSync(dir.join("deep/er"))).toEqual(["a.json"]);
  expect([statSync(file.path).mode & 0o777, statSync(dir.join("deep/er")).mode & 0o777]).toEqual([0o600, 0o700]);
});

it("names the file that it cannot read or save, and refuses a long one", async () => {
  writeFileSync(dir.join("long.json"), '"0123456789"');
  expect(() => jsonFile(dir.join("long.json"), { maxBytes: 4 }).read()).toThrow(/^cannot read .*long\.json: .* too long/);
  expect(() => jsonFile(dir.path).text()).toThrow(`cannot read ${dir.path}: it is not a file but a directory; move it away`);
  writeFileSync(dir.join("half.json"), '{"secret":"xyz');
  expect(() => jsonFile(dir.join("half.json")).read()).toThrow(`cannot read ${dir.join("half.json")}: it is not JSON: line 1, column 11: a text without its closing quote, or with a line break or a \\ in it; correct it or move it away`);
  await expect(jsonFile(dir.join("long.json/a.json")).write(1)).rejects.toThrow(/^cannot save .*a\.json: .*long\.json is not a directory\. Or name another folder by VJ_CONFIG_DIR/);
  expect(() => jsonFile(dir.join("long.json/a.json")).writeSync(1)).toThrow(/^cannot save .*a\.json/);
});

it("replaces the file that a link leads to, since people link their settings", async () => {
  writeFileSync(dir.join("real.json"), "1");
  symlinkSync(dir.join("real.json"), dir.join("link.json"));
  await jsonFile(dir.join("link.json")).write(2);
  expect(jsonFile(dir.join("real.json")).read()).toBe(2);
  replaceFile(dir.join("link.json"), "3");
  expect(jsonFile(dir.join("real.json")).read()).toBe(3);
});

it("replaces only plain files, also at the end of a link", async () => {
  execFileSync("mkfifo", [dir.join("pipe")]);
  symlinkSync(dir.join("pipe"), dir.join("link.json"));
  for (const name of ["pipe", "link.json"]) {
    const file = jsonFile(dir.join(name));
    await expect(file.write(1)).rejects.toThrow(/^cannot save .*: it is not a file but a FIFO; remove it/);
    expect(() => file.writeSync(1)).toThrow(/^cannot save .*: it is not a file but a FIFO; remove it/);
    expect(() => replaceFile(file.path, "1")).toThrow(/not a file but a FIFO/);
  }
  expect(statSync(dir.join("pipe")).isFIFO()).toBe(true);
  expect(readdirSync(dir.path).toSorted()).toEqual(["link.json", "pipe"]);
});

it("finds the version of the package that a module belongs to", () => {
  expect(packageVersion(import.meta.url)).toMatch(/^\d+\.\d+\.\d+/);
  writeFileSync(dir.join("package.json"), '{ "version": "7.8.9" }');
  expect(packageVersion(`file://${dir.join("dist/deep/main.js")}`)).toBe("7.8.9");
  writeFileSync(dir.join("package.json"), "{}");
  expect(() => packageVersion(`file://${dir.join("main.js")}`)).toThrow(/has no version/);
  writeFileSync(dir.join("package.json"), "{");
  expect(() => packageVersion(`file://${dir.join("main.js")}`)).toThrow(expect.objectContaining({ code: "not_json" }));
});

it("gives every fault a code, whatever its words", async () => {
  const codeOf = (run: () => unknown): unknown => {
    try {
      run();
      return "none";
    } catch (error) {
      return error instanceof FileError ? error.code : error;
    }
  };
  writeFileSync(dir.join("long"), "[1, 2]");
  writeFileSync(dir.join("half"), '{"a');
  symlinkSync(dir.join("none"), dir.join("dangling"));
  mkdirSync(dir.join("open"));
  chmodSync(dir.join("open"), 0o777);
  expect(codeOf(() => jsonFile(dir.join("long"), { maxBytes: 4 }).read())).toBe("too_long");
  expect(codeOf(() => jsonFile(dir.join("half")).read())).toBe("not_json");
  expect(codeOf(() => jsonFile(dir.join("dangling")).read())).toBe("unreadable");
  expect(codeOf(() => jsonFile(dir.path).read())).toBe("kind");
  expect(codeOf(() => jsonFile(dir.join("open/a.json")).read())).toBe("unsafe");
  expect(codeOf(() => jsonFile(dir.join("open/a.json")).writeSync(1))).toBe("unsafe");
  expect(codeOf(() => jsonFile(dir.join("long/a.json")).writeSync(1))).toBe("unwritable");
  expect(codeOf(() => openOwn(dir.join("dangling"), "read"))).toBe("kind");
  expect(codeOf(() => packageVersion("file:///main.js"))).toBe("no_package");
  await expect(openMedia(dir.path)).rejects.toMatchObject({ code: "kind" });
});

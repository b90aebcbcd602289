import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { folderProblems, readEnvironment } from "../src/environment.ts";

describe("the environment", () => {
  it("has defaults in the user's own directories", () => {
    const environment = readEnvironment({});
    expect(environment).toMatchObject({ targets: undefined, logLevel: "info", supervised: false });
    expect(environment.configDir).toMatch(/vj$/);
  });
  it("is read from VJ_*", () => {
    expect(
      readEnvironment({
        VJ_CONFIG_DIR: "/c",
        VJ_DATA_DIR: "/d",
        VJ_CACHE_DIR: "/e",
        VJ_OSC_TARGETS: "127.0.0.1:7000",
        VJ_LOG_LEVEL: "WARN",
        VJ_SUPERVISED: "1",
      }),
    ).toMatchObject({ configDir: "/c", dataDir: "/d", cacheDir: "/e", targets: [{ port: 7000 }], logLevel: "warn", supervised: true });
  });
  it("names the invalid variable", () => {
    for (const env of [{ VJ_LOG_LEVEL: "loud" }, { VJ_OSC_TARGETS: "x" }]) {
      expect(() => readEnvironment(env)).toThrow(expect.objectContaining({ name: "WorkerError", code: "environment" }));
    }
    expect(() => readEnvironment({ VJ_LOG_LEVEL: "loud" })).toThrow(/VJ_LOG_LEVEL is "loud"/);
    expect(() => readEnvironment({ VJ_OSC_TARGETS: "x" })).toThrow(/^VJ_OSC_TARGETS: .*OSC target "x"/);
  });
});

it("names directories in which nothing can be kept, and the variable to set", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("file"), "");
  symlinkSync(dir.join("loop"), dir.join("loop"));
  symlinkSync(dir.join("gone"), dir.join("nowhere"));
  const problem = (place: string): string | undefined => folderProblems({ dataDir: dir.path, cacheDir: place })[0]?.replaceAll(dir.path, "");
  const wanted = "; set VJ_CACHE_DIR to a directory that can be written";
  expect(problem(dir.join("not/yet/there"))).toBeUndefined();
  expect(problem(dir.join("line\nbreak"))).toBeUndefined();
  expect(problem(dir.join("file"))).toBe(`nothing can be kept in /file, which is not a directory${wanted}`);
  expect(problem(dir.join("file/a/b"))).toBe(`nothing can be kept in /file/a/b, which cannot be created: /file is not a directory${wanted}`);
  expect(problem(dir.join("loop"))).toBe(`nothing can be kept in /loop, which is a link that leads back to itself${wanted}`);
  expect(problem(dir.join("loop/below"))).toBe(`nothing can be kept in /loop/below, which is a link that leads back to itself${wanted}`);
  expect(problem(dir.join("nowhere"))).toBe(`nothing can be kept in /nowhere, which is a link that leads nowhere${wanted}`);
  mkdirSync(dir.join("open"));
  chmodSync(dir.join("open"), 0o777);
  for (const place of ["open", "open/below"]) {
    expect(problem(dir.join(place))).toContain(`/${place}, which could be changed by another user: other users can write to /open`);
  }
  expect(problem("/dev/null")).toContain("is not a directory");
  expect(problem(`/${"x".repeat(5000)}`)).toMatch(/^nothing can be kept in \/x{100,200}….*too long/);
  expect(folderProblems({ dataDir: dir.join("file"), cacheDir: dir.path })).toEqual([expect.stringContaining("VJ_DATA_DIR")]);
});

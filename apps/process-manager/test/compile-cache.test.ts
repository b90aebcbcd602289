import { chmodSync, mkdirSync, statSync } from "node:fs";
import { expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { compileCache } from "../src/compile-cache.ts";

it("lies in the cache directory, for this user alone", async () => {
  await using dir = tempDir();
  const { NODE_COMPILE_CACHE: cache = "" } = compileCache({ VJ_CACHE_DIR: dir.join("cache") });
  expect(cache).toBe(dir.join("cache/node-compile-cache"));
  expect(statSync(cache).mode & 0o777).toBe(0o700);
});

it("is not used where others could change it, where a person chose one, or where coverage is measured", async () => {
  await using dir = tempDir();
  mkdirSync(dir.join("open"));
  chmodSync(dir.join("open"), 0o777);
  expect(compileCache({ VJ_CACHE_DIR: dir.join("open") })).toEqual({});
  expect(compileCache({ VJ_CACHE_DIR: dir.join("cache"), NODE_COMPILE_CACHE: "/elsewhere" })).toEqual({});
  expect(compileCache({ VJ_CACHE_DIR: dir.join("cache"), NODE_V8_COVERAGE: "/elsewhere" })).toEqual({});
});

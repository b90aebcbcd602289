import { mkdirSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { readToken, removeToken, tokenFile } from "../src/token-file.ts";

it("a sign-in that cannot be read or removed is refused with a code, and nothing of its text", async () => {
  await using dir = tempDir();
  writeFileSync(tokenFile(dir.path), '{"access_token":"SECRET"}', { mode: 0o600 });
  const refused = expect.objectContaining({ name: "FileError", code: "content", message: expect.not.stringContaining("SECRET") });
  expect(() => readToken(dir.path)).toThrow(refused);
  removeToken(dir.path);
  mkdirSync(tokenFile(dir.path));
  expect(() => removeToken(dir.path)).toThrow(expect.objectContaining({ name: "FileError", code: "kind" }));
});

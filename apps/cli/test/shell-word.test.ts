import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { shellWord } from "../src/shell-word.ts";

it("a name in a command that is advised reaches the program as it is", () => {
  const names = ["resolume", "stage left", "DJ's wall", "a&b;c", "$HOME", "*", "", "Łódź"];
  expect(names.map((name) => execFileSync("sh", ["-c", `printf %s ${shellWord(name)}`]).toString())).toEqual(names);
  expect(shellWord("resolume")).toBe("resolume");
});

import { expect, it } from "vitest";
import { absoluteDefault } from "../src/own-folders.ts";

it.each([
  ["/home/a/.config/vj", "/home/a", "/home/a/.config/vj"],
  [".config/vj", "", "/home/recorded/.config/vj"],
  ["some/where/.config/vj", "some/where", "/home/recorded/.config/vj"],
  ["/xdg/vj", "", "/xdg/vj"],
])("the default folder %s with HOME %j is %s, whatever the working directory", (folder, home, expected) => {
  expect(absoluteDefault(folder, home, () => "/home/recorded")).toBe(expected);
});

it("the default folder of a user without a record stays as it is", () => {
  const missing = (): string => {
    throw new Error("no such user");
  };
  expect(absoluteDefault(".config/vj", "", missing)).toBe(".config/vj");
});

import path from "node:path";
import { spawnNode } from "@vj/test-kit";
import { expect, it } from "vitest";
import { TestBus } from "./bus.ts";

const program = path.resolve(import.meta.dirname, "../bin/tui.js");
const lostTerminal = path.resolve(import.meta.dirname, "fixtures/lost-terminal.mjs");

it("ends where the terminal closed before it could be taken over", async () => {
  await using bus = new TestBus();
  await using tui = spawnNode([`--import=${lostTerminal}`, program], { ...bus.env, TERM: "xterm-256color", CI: "false" });
  expect((await tui.exited).code).toBe(1);
  expect(tui.output()).toContain("setRawMode EIO");
});

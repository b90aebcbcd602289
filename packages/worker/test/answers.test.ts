import { expect, it, vi } from "vitest";
import { z } from "zod";
import { createAnswers } from "../src/answers.ts";
import { CommandLog } from "../src/command-log.ts";
import { defineCommand } from "../src/command-table.ts";
import { ok } from "../src/reply.ts";

it("notes what it carried out, but for a command that programs send again and again", () => {
  const log = new CommandLog(() => {
    throw new Error("nothing is written in this test");
  });
  const note = vi.spyOn(log, "note").mockReturnValue();
  const args = z.object({});
  const answer = createAnswers({
    table: () => ({
      tap: defineCommand({ description: "A key", args, run: () => ok("tapped") }),
      follow: defineCommand({ description: "A program's beat", args, isLogged: false, run: () => ok("following") }),
    }),
    settings: () => args,
    other: () => ok(),
    log,
  });
  const send = (cmd: string): unknown => answer({ type: "command", cmd }, undefined as never);
  for (const cmd of ["follow", "tap", "follow"]) expect(send(cmd)).toMatchObject({ success: true });
  expect(note.mock.calls.map(([{ cmd }]) => cmd)).toEqual(["tap"]);
});

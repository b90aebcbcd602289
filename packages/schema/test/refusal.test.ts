import { expect, it } from "vitest";
import { z } from "zod";
import { explainIssues, issuesOf } from "../src/refusal.ts";

it("says once that a list is missing, and nothing of the text that is there instead", () => {
  const schema = z.object({ names: z.array(z.enum(["a", "b"])).max(2).refine((list) => new Set(list).size === list.length), gain: z.number() });
  const { error } = schema.safeParse({ names: "a,b,a", gain: "x" });
  if (error === undefined) throw new Error("it is taken");
  expect(issuesOf(error).map(({ path }) => path)).toEqual(["names", "gain"]);
  expect(explainIssues(error)).toMatch(/^names: give a list, for example '\["one","two"\]'; gain: /);
});

import { expect, it } from "vitest";
import { combined } from "../src/combined-condition.ts";

it("names all problems, the worst first with its advice, and no condition that is fine", () => {
  const fine = { level: "ok", text: "Link: 1 peer" } as const;
  const away = { level: "degraded", text: "no lights", todo: "start them" } as const;
  const failed = { level: "failed", text: "no port", todo: "free it" } as const;
  expect(combined(undefined, undefined)).toBeUndefined();
  expect(combined(fine, undefined)).toEqual(fine);
  expect(combined(fine, away)).toEqual(away);
  expect(combined(away, fine, failed)).toEqual({ level: "failed", text: "no port; also: no lights", todo: "free it" });
});

import { expect, it } from "vitest";
import { combined, faultOf } from "../src/combined-condition.ts";

it("names all problems, the worst first with its advice, and what is fine only where all is", () => {
  const fine = { level: "ok", text: "Link: 1 peer" } as const;
  const away = { level: "degraded", text: "no lights", todo: "start them" } as const;
  const failed = { level: "failed", text: "no port", todo: "free it" } as const;
  expect(combined(undefined, undefined)).toBeUndefined();
  expect(combined(fine, undefined)).toEqual(fine);
  expect(combined(fine, { level: "ok", text: "OS2L: 120.00 BPM" })?.text).toBe("Link: 1 peer; OS2L: 120.00 BPM");
  expect(combined(fine, away)).toEqual(away);
  expect([undefined, fine, away].map(faultOf)).toEqual([undefined, undefined, "no lights"]);
  expect(combined(away, fine, failed)).toEqual({ level: "failed", text: "no port; also: no lights", todo: "free it" });
});

import { describe, expect, it } from "vitest";
import { lastExitOf } from "../src/last-exit.ts";

const ended = { up: true, ending: null };
const hang = { by: "hang", reason: "no answer", killAt: 0 } as const;

describe("how a process ended", () => {
  it.each([
    ["crashed", ended, { code: 1, signal: null }],
    ["crashed", ended, { code: null, signal: "SIGABRT" }],
    ["killed", ended, { code: null, signal: "SIGKILL" }],
    ["killed", ended, { code: null, signal: "SIGTERM" }],
    ["hung", { up: true, ending: hang }, { code: null, signal: "SIGKILL" }],
    ["unanswered", { up: false, ending: hang }, { code: null, signal: "SIGKILL" }],
    [undefined, { up: true, ending: { ...hang, by: "request" } }, { code: null, signal: "SIGKILL" }],
    [undefined, ended, { code: 0, signal: null }],
    [undefined, ended, { code: null, signal: null }],
  ] as const)("is reported as %s: %j, %j", (reported, alive, exit) => {
    expect(lastExitOf(alive, exit)).toBe(reported);
  });
});

import { afterEach, describe, expect, it, vi } from "vitest";
import { explainSkips } from "../../../scripts/explain-skips.ts";

afterEach(() => void vi.unstubAllEnvs());

/** A fresh copy of the module, which remembers its findings. */
async function withPath(path: string) {
  vi.stubEnv("PATH", path);
  vi.resetModules();
  return import("../src/capabilities.ts");
}

describe("needs", () => {
  it("skips nothing where everything is there", async () => {
    const { needs } = await withPath(process.env["PATH"] ?? "");
    expect(needs()).toEqual({});
  });

  it("skips, with label and package, where a program is missing", async () => {
    const { has, needs } = await withPath("/nowhere");
    expect(has("tmux")).toBe(false);
    expect(needs("tmux", "mount")).toEqual({
      skip: true,
      meta: { missing: [{ label: "tmux", aptPackages: ["tmux"] }, { label: "mount (root only)", aptPackages: ["mount"] }] },
    });
  });
});

it("explains skips by reason, the most frequent first, with the command that brings what is missing", async () => {
  const { needs } = await withPath("/nowhere");
  const skipped = (meta: object, note?: string) => ({ meta, note });
  const text = explainSkips([skipped(needs("sox").meta ?? {}), ...Array(3).fill(skipped(needs("pulseaudio", "pactl").meta ?? {})), skipped({}, "a note"), skipped({})]);
  expect(text).toBe(
    "6 skipped: no pulseaudio (3), no sox (1), a note (1), no reason given (1)\n`apt-get install pulseaudio pulseaudio-utils sox` brings what is missing",
  );
});

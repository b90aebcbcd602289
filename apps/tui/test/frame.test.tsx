import { PassThrough } from "node:stream";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import type { Frames } from "../src/ink/frame.tsx";
import { mountFrames } from "../src/ink/mount.tsx";
import type { PaintedPicture } from "../src/session.ts";

/** Frames that a test changes. */
function framesOf(first: PaintedPicture): Frames & { show(picture: PaintedPicture): void } {
  let picture = first;
  const listeners = new Set<() => void>();
  return {
    get: () => picture,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show(next) {
      picture = next;
      for (const listener of listeners) listener();
    },
  };
}

describe("the frame in Ink", () => {
  it("hands on each picture once, and writes nothing itself", async () => {
    const stdout = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
    let written = "";
    stdout.setEncoding("utf8").on("data", (text: string) => (written += text));
    const frames = framesOf({ rows: ["one"], width: 10 });
    const shown: string[] = [];
    const show = ({ rows }: PaintedPicture): void => void shown.push(rows.join());
    const { unmount } = mountFrames({ frames, show }, stdout as unknown as NodeJS.WriteStream, process.stdin);
    await waitFor("the first picture", () => shown.length === 1);
    frames.show({ rows: ["two", "rows"], width: 10 });
    await waitFor("the next picture", () => shown.length === 2);
    unmount();
    frames.show({ rows: ["after the end"], width: 10 });
    expect(shown).toEqual(["one", "two,rows"]);
    expect(written).toBe("");
  });
});

import { render } from "ink-testing-library";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { Frame } from "../src/ink/frame.tsx";
import type { Frames } from "../src/ink/frame.tsx";
import type { PaintedPicture } from "../src/session.ts";
import { testSession, withoutStyles } from "./session-fixture.ts";

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

// What Ink shows: rows without the spaces at their ends.
const shown = (picture: PaintedPicture): string => picture.rows.map((row) => withoutStyles(row).trimEnd()).join("\n").trimEnd();

describe("the frame in Ink", () => {
  it.each([[80, 24], [60, 20], [40, 12], [32, 8]])("shows the picture as it was painted, %i×%i", (columns, rows) => {
    const picture = testSession({ columns, rows }).session.draw();
    const { lastFrame, unmount } = render(<Frame frames={framesOf(picture)} />);
    expect(withoutStyles(lastFrame() ?? "").split("\n").map((row) => row.trimEnd()).join("\n").trimEnd()).toBe(shown(picture));
    unmount();
  });

  it("keeps the styles, and has none without colour", () => {
    const inColour = render(<Frame frames={framesOf(testSession().session.draw())} />);
    expect(inColour.lastFrame()).toMatch(/\u001b\[(?:\d+;)*32m/);
    inColour.unmount();
    const plain = render(<Frame frames={framesOf(testSession({ palette: { colour: false, ascii: true } }).session.draw())} />);
    expect(plain.lastFrame()).not.toMatch(/\u001b\[(?:\d+;)*3\dm/);
    expect(withoutStyles(plain.lastFrame() ?? "")).toContain("ok audio_analyzer");
    plain.unmount();
  });

  it("keeps blank rows, and takes a picture of another height", async () => {
    const frames = framesOf({ rows: ["one", "", "three"], width: 10 });
    const { lastFrame, unmount } = render(<Frame frames={frames} />);
    expect(lastFrame()?.trimEnd()).toBe("one\n\nthree");
    frames.show({ rows: ["four"], width: 10 });
    await waitFor("the next picture", () => lastFrame()?.trimEnd() === "four");
    unmount();
  });
});

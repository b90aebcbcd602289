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
    const { lastFrame, unmount } = render(<Frame frames={framesOf(picture)} onKey={undefined} />);
    expect(withoutStyles(lastFrame() ?? "").split("\n").map((row) => row.trimEnd()).join("\n").trimEnd()).toBe(shown(picture));
    unmount();
  });

  it("keeps the styles, and has none without colour", () => {
    const inColour = render(<Frame frames={framesOf(testSession().session.draw())} onKey={undefined} />);
    expect(inColour.lastFrame()).toMatch(/\u001b\[(?:\d+;)*32m/);
    inColour.unmount();
    const plain = render(<Frame frames={framesOf(testSession({ palette: { colour: false, ascii: true } }).session.draw())} onKey={undefined} />);
    expect(plain.lastFrame()).not.toMatch(/\u001b\[(?:\d+;)*3\dm/);
    expect(withoutStyles(plain.lastFrame() ?? "")).toContain("ok audio_analyzer");
    plain.unmount();
  });

  it("keeps blank rows, and takes a picture of another height", async () => {
    const frames = framesOf({ rows: ["one", "", "three"], width: 10 });
    const { lastFrame, unmount } = render(<Frame frames={frames} onKey={undefined} />);
    expect(lastFrame()?.trimEnd()).toBe("one\n\nthree");
    frames.show({ rows: ["four"], width: 10 });
    await waitFor("the next picture", () => lastFrame()?.trimEnd() === "four");
    unmount();
  });

  it("hands over keys by name, also several at once", async () => {
    const keys: string[] = [];
    const { stdin, unmount } = render(<Frame frames={framesOf({ rows: ["x"], width: 1 })} onKey={(key) => keys.push(key)} />);
    // Ink listens from the first effect on.
    await waitFor("the keyboard", () => {
      stdin.write("q");
      return keys.length > 0;
    });
    keys.length = 0;
    for (const input of ["\u001B[A", "\u001B[B", "\r", "jj\r", "Q", "\u0003", "\u001A", "\t", "\u007F", "\u001B[5~"]) stdin.write(input);
    stdin.write("\u001B");
    await waitFor("escape", () => keys.includes("escape"));
    expect(keys).toEqual(["up", "down", "return", "j", "j", "return", "Q", "ctrl+c", "ctrl+z", "tab", "backspace", "pageup", "escape"]);
    unmount();
  });
});

import { describe, expect, it } from "vitest";
import { createKeyReader } from "../src/input/key-reader.ts";
import { createReplyFilter } from "../src/input/terminal-replies.ts";

const osc = "\u001b]11;rgb:1e1e/1e1e/2e2e\u001b\\";

describe("answers of the terminal", () => {
  it.each([
    ["OSC, ended by ST", osc],
    ["OSC, ended by BEL", "\u001b]52;c;cXVpdA==\u0007"],
    ["DCS", "\u001bP>|xterm(390)\u001b\\"],
    ["APC", "\u001b_Gi=1;OK\u001b\\"],
    ["PM and SOS", "\u001b^Q\u001b\\\u001bXR\u001b\\"],
  ])("are taken out: %s", (_, answer) => {
    const { withoutReplies } = createReplyFilter();
    expect(withoutReplies(`a${answer}b`, 0)).toBe("ab");
    expect(withoutReplies("c", 1)).toBe("c");
  });

  it("are taken out wherever they are cut, but for their first two characters", () => {
    for (let at = 3; at < osc.length; at += 1) {
      const { withoutReplies } = createReplyFilter();
      expect(withoutReplies(osc.slice(0, at), 0) + withoutReplies(`${osc.slice(at)}x`, 10), `cut at ${at}`).toBe("x");
    }
  });

  it("hide nothing for long when their end does not come, nor the end of a paste", () => {
    const { withoutReplies } = createReplyFilter();
    expect(withoutReplies("\u001b]11;rgb:", 0)).toBe("");
    expect(withoutReplies("q", 100)).toBe("q");
    expect(withoutReplies("\u001b]11;Q\u001b[201~", 200)).toBe("\u001b[201~");
  });

  it("are neither keys nor text, also where text is typed", () => {
    for (const typing of [true, false]) {
      const reader = createKeyReader(() => typing);
      expect([...reader.read(osc, 0), ...reader.read(osc.slice(0, 9), 300), ...reader.read(osc.slice(9), 310), ...reader.settle(1000)]).toEqual([]);
      expect(reader.read("\u001b[A", 2000)).toEqual([{ type: "key", key: "up" }]);
    }
  });
});

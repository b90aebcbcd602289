import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createKeyReader, escapeMs, holdMs, longestText, lostPasteMs, paceMs, quietMs } from "../src/input/key-reader.ts";
import type { Input } from "../src/input/key-reader.ts";
import { parseKeys } from "../src/input/parse-keys.ts";

/** Pieces of input and pauses (milliseconds) between them. */
type Step = string | number;

/** Inputs read from these steps, if the timer runs on time and no other input follows. */
function inputsOf(steps: readonly Step[], typing = false): Input[] {
  const reader = createKeyReader(() => typing);
  const inputs: Input[] = [];
  let now = 0;
  const wait = (until: number): void => {
    while (reader.dueAt !== undefined && reader.dueAt <= until) {
      now = reader.dueAt;
      inputs.push(...reader.settle(now));
    }
    now = until;
  };
  for (const step of [...steps, 10_000]) {
    if (typeof step === "number") wait(now + step);
    else inputs.push(...reader.read(step, now));
  }
  expect(reader.dueAt).toBeUndefined();
  return inputs;
}
const keysOf = (...steps: Step[]): string[] => inputsOf(steps).flatMap((input) => (input.type === "key" ? [input.key] : []));
const textOf = (...steps: Step[]): string => inputsOf(steps).flatMap((input) => (input.type === "text" ? [input.text] : [])).join("");

const start = "\u001b[200~";
const end = "\u001b[201~";
/** A pause after which a key counts again. */
const pause = 500;

describe("parseKeys", () => {
  it.each([
    ["q", ["q"]], ["é", ["é"]], ["😀", ["😀"]], ["\r", ["return"]], ["\n", ["return"]], ["\t", ["tab"]], ["\u007f", ["backspace"]],
    ["\u0003", ["ctrl+c"]], ["\u001a", ["ctrl+z"]], ["\u0000", [""]], ["\u001b[A", ["up"]], ["\u001bOB", ["down"]], ["\u001b[1;5C", ["right"]],
    ["\u001b[5~", ["pageup"]], ["\u001b[6;2~", ["pagedown"]], ["\u001b[H", ["home"]], ["\u001bOF", ["end"]], ["\u001b[3~", ["backspace"]],
    ["\u001b[Z", ["shift+tab"]], ["\u001b[I", [""]], ["\u001b[20~", [""]], ["\u001b[?1;2c", [""]], ["\u001b[<0;10;5M", [""]],
    ["\u001bq", ["alt+q"]], ["a\u001b[Ab", ["a", "up", "b"]], ["\u001b\u001b[A", ["escape", "up"]],
  ])("%j is %j", (input, keys) => {
    expect(parseKeys(input)).toEqual({ keys, rest: "" });
  });

  it.each(["\u001b", "\u001b[", "\u001b[1;", "\u001bO"])("keeps %j, the beginning of a sequence", (rest) => {
    expect(parseKeys(`q${rest}`)).toEqual({ keys: ["q"], rest });
  });
});

describe("one key", () => {
  it.each([["q", "q"], ["Q", "Q"], ["\r", "return"], ["\u001b[A", "up"], ["\u0003", "ctrl+c"], ["7", "7"], ["é", "é"], ["\u001b", "escape"]])(
    "%j is %s", (piece, key) => {
      expect(inputsOf([piece])).toEqual([{ type: "key", key }]);
    },
  );

  it("is the same when it comes in several pieces", () => {
    expect(keysOf("\u001b", 10, "[", 10, "A")).toEqual(["up"]);
    expect(keysOf("\u001b[", 20, "5", 20, "~")).toEqual(["pageup"]);
    expect(keysOf("\u001b", escapeMs, pause, "q")).toEqual(["escape", "q"]);
  });

  it("may follow another one at a person's speed", () => {
    expect(keysOf("Q", paceMs, "y", paceMs, "s")).toEqual(["Q", "y", "s"]);
    expect(keysOf("2", 5, "\r", 5, "\u001b", pause, "j", 5, "\r")).toEqual(["2", "return", "escape", "j", "return"]);
    expect(keysOf("j", 5, "j", 5, "s")).toEqual(["j", "j", "s"]);
  });

  it("repeated by the keyboard moves as often, in one piece or several", () => {
    expect(keysOf("\u001b[B\u001b[B\u001b[B", 1, "\u001b[B")).toEqual(Array(4).fill("down"));
    expect(keysOf("jjj", 1, "j")).toEqual(Array(4).fill("j"));
    expect(keysOf("\u001b[B\u001b[B\u001b", 5, "[B")).toEqual(Array(3).fill("down"));
  });

  it.each(["[", "]", "+", "=", "-", ".", ","])("of small steps counts as often as the keyboard repeats it: %s", (step) => {
    expect(keysOf(step, 400, step, 33, step, 33, step + step, 33, step)).toEqual(Array(6).fill(step));
  });

  it("of small steps is repeated only by itself, after it counted, and outside of a text field", () => {
    expect(keysOf("]", 20, "]")).toEqual([]);
    expect(keysOf("]]")).toEqual([]);
    expect(keysOf("]", 400, "[", 10, "]")).toEqual(["]"]);
    expect(keysOf("]", 60, "]x", pause, "]]")).toEqual(["]"]);
    expect(keysOf("]", 60, `${start}]${end}`, quietMs, "]]")).toEqual(["]"]);
    expect(keysOf("s", pause, "ss")).toEqual(["s"]);
    expect(keysOf("]", 60, "]", 20, "foo", 20, "]")).toEqual(["]", "]"]);
    expect(inputsOf(["]", pause, "]]"], true)).toEqual([{ type: "key", key: "]" }, { type: "text", text: "]]" }]);
  });

  it("that only navigates may share a piece with others like it", () => {
    expect(keysOf("2\r")).toEqual(["2", "return"]);
    expect(keysOf("\u001b[B\u001b[B\r")).toEqual(["down", "down", "return"]);
    expect(keysOf("\u001b[B\r\u001b", 5, "[A")).toEqual(["down", "return", "up"]);
    for (const joined of ["21", "2s", "s\r", "\r\u0003", "\u001b[Bs"]) expect(keysOf(joined)).toEqual([]);
    expect(inputsOf(["2\r"], true)).toEqual([{ type: "text", text: "2\r" }]);
  });

  it("that no terminal sends is ignored", () => {
    expect(inputsOf(["\u001b[I", pause, "\u001b[?62;22c", pause, "\u0000", pause, `\u001b[${"1;".repeat(500)}`])).toEqual([
      { type: "text", text: expect.stringContaining("1;1;") },
    ]);
  });
});

describe("a paste that is marked", () => {
  it.each([["FAQ: yes"], ["Q\ry"], ["\u001b[A\u0003q"], ["Q"], ["y"], [`a${start}b`], [""]])("%j is not a key", (pasted) => {
    const inputs = inputsOf([start + pasted + end]);
    expect(inputs).toEqual(pasted === "" ? [] : [{ type: "text", text: pasted }]);
  });

  it("is not a key when the text itself contains the end mark, and keys count again after a short pause", () => {
    expect(keysOf(`${start}a${end}Q`, 5, "y", 5, "\r", 5, end, pause, "p")).toEqual(["p"]);
    expect(keysOf(`${start}a${end}`, quietMs - 1, "Q", quietMs - 1, "y")).toEqual([]);
    expect(keysOf(`${start}a${end}`, quietMs, "p")).toEqual(["p"]);
  });

  it("includes the key that came with it", () => {
    expect(keysOf(`s${start}a${end}r`)).toEqual([]);
    expect(keysOf("s", 5, `${start}a${end}`)).toEqual([]);
  });

  it("without an end keeps little, and ends after a pause", () => {
    const reader = createKeyReader(() => false);
    expect(reader.read(start, 0)).toEqual([]);
    for (let i = 0; i < 1000; i += 1) expect(reader.read("Qy\r".repeat(10_000), i)).toEqual([]);
    expect(reader.settle(lostPasteMs)).toEqual([]);
    expect(reader.dueAt).toBe(999 + lostPasteMs);
    expect(reader.settle(999 + lostPasteMs)).toEqual([{ type: "text", text: expect.stringMatching(/^(Qy\r)+Q?y?$/) }]);
    expect(reader.dueAt).toBeUndefined();
    const later = 1000 + lostPasteMs + quietMs;
    reader.read("p", later);
    expect(reader.settle(later + holdMs)).toEqual([{ type: "key", key: "p" }]);
  });

  it("is read in no more than the time of its length", () => {
    const reader = createKeyReader(() => false);
    const many = (start + end).repeat(50_000);
    expect(reader.read(many, 0)).toEqual([]);
    expect(reader.read("\u001b".repeat(500_000), 1)).toHaveLength(1);
    expect(reader.read("\u001b[".repeat(300_000), 2)).toHaveLength(1);
  });
});

describe("a paste without marks", () => {
  it.each([["FAQ: yes"], ["Questions? Yes"], ["Qy"], ["y\r"], ["ss"], ["\u001b[As"], ["12"], ["2y\r"], ["\u0003\u0003"], ["aa"], ["👨‍👩‍👧"]])(
    "%j in one piece is not a key", (pasted) => {
      expect(inputsOf([pasted])).toEqual([{ type: "text", text: pasted }]);
    },
  );

  it.each([1, 10, holdMs - 1])("in pieces, %i ms apart, is not a key", (gap) => {
    expect(keysOf("Q", gap, "uestions? ", gap, "y", gap, "es", gap, "\r")).toEqual([]);
    expect(keysOf(...Array.from("same queue, yes").flatMap((character): Step[] => [character, gap]))).toEqual([]);
    expect(keysOf("FAQ: ", quietMs - 1, "y", quietMs - 1, "s", pause, "p")).toEqual(["p"]);
  });

  it("at the speed of a slow line is at most its first character", () => {
    const gap = paceMs - 1;
    expect(keysOf(...Array.from("Questions and answers: yes").flatMap((character): Step[] => [character, gap]))).toEqual(["Q"]);
  });

  it("is passed on whole for a text field", () => {
    expect(textOf("kara", 5, "oke")).toBe("karaoke");
    expect(textOf("x".repeat(5000))).toHaveLength(longestText);
  });
});

describe("while a text field is open", () => {
  it("takes characters at any speed, and a line break only as a key of its own", () => {
    expect(inputsOf(["a", 1, "b", 1, "s", 1, "\r"], true).map((input) => (input.type === "key" ? input.key : input))).toEqual(["a", "b", "s", "return"]);
    expect(inputsOf(["abc\r"], true)).toEqual([{ type: "text", text: "abc\r" }]);
    expect(inputsOf([`${start}abc\r${end}`, 1, "\r"], true).every(({ type }) => type === "text")).toBe(true);
  });
});

const commands = ["Q", "R", "a", "w", "s", "r", "q", "p", "y", "\r", "\u0003", "\u001b", "\u001b[A", "é", " ", "x"];
const pasteOf = fc.array(fc.constantFrom(...commands, "1", "j", start), { minLength: 2, maxLength: 30 }).map((parts) => parts.join(""));

/** Cuts a text at any places, in the middle of sequences too. */
function pieces(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((one, other) => one - other);
  return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length)).filter((piece) => piece !== "");
}

describe("any paste", () => {
  it("with marks, cut anywhere, gives no key", () => {
    fc.assert(
      fc.property(pasteOf, fc.array(fc.nat(), { maxLength: 12 }), fc.integer({ min: 0, max: escapeMs - 1 }), (pasted, cuts, gap) => {
        const steps = pieces(start + pasted.replaceAll(start, "") + end, cuts).flatMap((piece): Step[] => [piece, gap]);
        expect(keysOf(...steps)).toEqual([]);
        expect(keysOf(...steps, pause, "p")).toEqual(["p"]);
      }),
    );
  });

  it("with marks, cut anywhere, with any pause after its beginning, gives no key", () => {
    fc.assert(
      fc.property(pasteOf, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: lostPasteMs - 1 })), { maxLength: 8 }), (pasted, cuts) => {
        const steps = pieces(pasted.replaceAll(start, "") + end, cuts.map(([cut]) => cut)).flatMap((piece, index): Step[] => [cuts[index]?.[1] ?? 0, piece]);
        expect(keysOf(start, ...steps)).toEqual([]);
      }),
    );
  });

  it("without marks, cut anywhere, gives no key that changes anything", () => {
    const changing = new Set(["Q", "R", "a", "w", "s", "r", "q", "p", "y"]);
    fc.assert(
      fc.property(pasteOf, fc.array(fc.nat(), { maxLength: 12 }), fc.integer({ min: 0, max: holdMs - 1 }), (pasted, cuts, gap) => {
        const parts = pieces(pasted, cuts);
        // A single character may be typed as well as pasted.
        fc.pre(Array.from(pasted.replaceAll(/\u001b(\[[A-Z]|\[200~)?|[\r\u0003j\d]/g, "")).length > 1);
        const keys = keysOf(...parts.flatMap((piece): Step[] => [piece, gap]));
        expect(keys.filter((key) => changing.has(key))).toEqual([]);
      }),
    );
  });
});

describe("a person's input", () => {
  it("is read as it was typed", () => {
    const key = fc.constantFrom(...commands.filter((piece) => piece !== "\u001b"), "\u001b[5~", "\t", "0");
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: paceMs, max: 1000 })), { maxLength: 20 }), (typed) => {
        const expected = typed.flatMap(([piece]) => parseKeys(piece).keys);
        expect(inputsOf(typed.flat())).toEqual(expected.map((name) => ({ type: "key", key: name })));
      }),
    );
  });
});

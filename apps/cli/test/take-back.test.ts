import { describe, expect, test } from "vitest";
import { namesRecording, takeBack } from "../src/take-back.ts";

describe("takeBack", () => {
  test("gives back the file that a list of patterns took", () => {
    expect(takeBack(undefined, ["/audio/*", "/lyrics/*", "friday.mcap"], namesRecording)).toEqual({ argument: "friday.mcap", words: ["/audio/*", "/lyrics/*"] });
    expect(takeBack(undefined, ["/audio/*", "/tmp/friday.mcap"], namesRecording)).toEqual({ argument: "/tmp/friday.mcap", words: ["/audio/*"] });
  });

  test.each([
    { why: "the argument stood elsewhere", argument: "friday.mcap", words: ["/audio/*", "other.mcap"] },
    { why: "the last word is a pattern", argument: undefined, words: ["/audio/*", "/lyrics/*"] },
    { why: "nothing would be left", argument: undefined, words: ["friday.mcap"] },
    { why: "there is no such option", argument: undefined, words: undefined },
  ])("changes nothing when $why", ({ argument, words }) => {
    expect(takeBack(argument, words, namesRecording)).toEqual({ argument, words });
  });
});

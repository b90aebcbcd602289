import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { cleanTrack, searchName } from "../src/index.ts";

describe("names of a player", () => {
  it("joins several artists as receivers expect, each once", () => {
    expect(cleanTrack({ artists: ["Daft Punk", " Pharrell  Williams ", "Daft Punk", ""], title: "Get Lucky" })).toEqual({
      artist: "Daft Punk, Pharrell Williams",
      title: "Get Lucky",
      album: "",
      duration: 0,
    });
  });

  it("keeps every part of a name", () => {
    const title = "One More Time (feat. Romanthony) [Extended Mix] - A/B/C";
    expect(cleanTrack({ artists: ["A/B/C"], title })).toMatchObject({ artist: "A/B/C", title });
  });

  it("removes what could steer a terminal, composes letters, and bounds each name in bytes", () => {
    const track = cleanTrack({ artists: ["\u001b]0;x\u0007Bjo\u0308rk\u202e"], title: "a\r\n\tb\0", album: "🎵".repeat(5000), duration: Number.NaN });
    expect(track).toMatchObject({ artist: "Björk", title: "a b", duration: 0 });
    expect(Buffer.byteLength(track?.album ?? "")).toBeLessThanOrEqual(400);
    expect(track?.album).toMatch(/^(🎵)+$/u);
  });

  it("gives no track without any name", () => {
    expect(cleanTrack({ artists: ["", " "], title: "\u200b" })).toBeUndefined();
  });
});

describe("the form for searching", () => {
  it.each([
    ["Daft Punk, Pharrell Williams", "Get Lucky (feat. Nile Rodgers) [Radio Edit]", "Daft Punk", "Get Lucky"],
    ["Rihanna feat. JAY-Z", "Umbrella - Remastered 2011", "Rihanna", "Umbrella"],
    ["AC/DC", "T.N.T.", "AC/DC", "T.N.T."],
    ["A/B/C", "Song (Remix) [Extended Mix]", "A", "Song"],
    ["Underworld", "Born Slippy (Nuxx)", "Underworld", "Born Slippy (Nuxx)"],
    ["Simon & Garfunkel", "The Sound of Silence", "Simon & Garfunkel", "The Sound of Silence"],
    ["宇多田ヒカル", "光【Live】", "宇多田ヒカル", "光"],
    ["Live", "Live", "Live", "Live"],
    ["Band", "(Remix)", "Band", "(Remix)"],
    ["Someone", "Song ft. Other", "Someone", "Song"],
    ["Nena", "99 - Luftballons", "Nena", "99 - Luftballons"],
  ])("%s – %s", (artist, title, searchedArtist, searchedTitle) => {
    expect(searchName({ artist, title })).toEqual({ artist: searchedArtist, title: searchedTitle });
  });

  it("takes time in proportion to the length", async () => {
    const long = "(".repeat(50_000);
    const used = await processorTime(() => searchName({ artist: long, title: `${long}${" - ".repeat(50_000)}` }));
    expect(used).toBeLessThan(1000);
  });
});

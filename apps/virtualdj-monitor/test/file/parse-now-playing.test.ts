import { describe, expect, it } from "vitest";
import { parseNowPlaying } from "../../src/file/parse-now-playing.ts";
import type { NamedTrack } from "../../src/file/track-names.ts";

const track = (text: string): NamedTrack | undefined => {
  const content = parseNowPlaying(text);
  if (content.kind === "line") return content.track;
  return content.kind === "history" ? content.entries.at(-1) : undefined;
};
const names = (text: string): unknown => {
  const named = track(text);
  return named === undefined ? undefined : [named.artist, named.title];
};
/** When the entries of a text were played, as local time. */
const times = (text: string): unknown => {
  const content = parseNowPlaying(text);
  if (content.kind !== "history") return [];
  return content.entries.map(({ playedAt }) => (playedAt === undefined ? undefined : new Date(playedAt).toString().slice(4, 21)));
};

describe("one line", () => {
  it.each([
    ["Daft Punk - Around the World", ["Daft Punk", "Around the World"]],
    ["Daft Punk - Around the World\r\n", ["Daft Punk", "Around the World"]],
    ["  Daft Punk  -  Around the World  \n\n", ["Daft Punk", "Around the World"]],
    ["A-ha - Take on Me", ["A-ha", "Take on Me"]],
    ["Moderat - A New Error - Live (Boys Noize Remix) [Extended]", ["Moderat", "A New Error - Live (Boys Noize Remix) [Extended]"]],
    ["宇多田ヒカル - 光", ["宇多田ヒカル", "光"]],
    ["Untitled", ["", "Untitled"]],
    [" - Untitled", ["", "Untitled"]],
    ["Untitled - ", ["", "Untitled"]],
    [" - ", undefined],
    ["22:01 : ", undefined],
    ["", undefined],
    ["\r\n \r\n", undefined],
  ])("%j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("is kept short enough for a datagram", () => {
    const long = track(`${"あ".repeat(5000)} - ${"🎵".repeat(5000)}`);
    expect(Buffer.byteLength(`${long?.artist}${long?.title}`)).toBeLessThan(1300);
    expect(long?.title).toMatch(/^(🎵)+$/u);
  });
});

describe("a history", () => {
  const session = ["VirtualDJ History 2026/01/30", "------------------", "23:58 : Bicep - Glue", "00:03 : Orbital - Halcyon - On and On"];

  it.each(["\n", "\r\n", "\r"])("with line ends %j counts its last entry, over midnight too", (end) => {
    const text = session.join(end) + end;
    expect(track(text)).toMatchObject({ artist: "Orbital", title: "Halcyon - On and On", duration: 0 });
    expect(times(text)).toEqual(["Jan 30 2026 23:58", "Jan 31 2026 00:03"]);
  });
  it("takes the last entry of the last session that has one", () => {
    const next = ["VirtualDJ History 2026/01/31", "------------------"];
    expect(names([...session, "", ...next].join("\n"))).toEqual(["Orbital", "Halcyon - On and On"]);
    expect(names([...session, "", ...next, "21:00 : Rone - Bye Bye Macadam"].join("\n"))).toEqual(["Rone", "Bye Bye Macadam"]);
  });
  it("names no track before its first entry", () => {
    expect(parseNowPlaying("VirtualDJ History - 2026/01/30\n------------------\n")).toMatchObject({ kind: "none" });
  });
  it("names no track while its newest entry has no names", () => {
    for (const nameless of ["00:09 :", "00:09 : ", "00:09 :  - "]) {
      expect(parseNowPlaying([...session, nameless].join("\n"))).toMatchObject({ kind: "history", named: false, entries: [{}, { title: "Halcyon - On and On" }] });
      expect(parseNowPlaying(nameless)).toMatchObject({ kind: "none" });
    }
    expect(parseNowPlaying(session.join("\n"))).toMatchObject({ named: true });
  });
  it("counts hours to 12 with AM and PM", () => {
    const text = ["VirtualDJ History 2026/01/30", "12:05 PM : Bicep - Glue", "11:58 PM : Rone - Bye", "12:03am : Orbital - Halcyon"].join("\n");
    expect(times(text)).toEqual(["Jan 30 2026 12:05", "Jan 30 2026 23:58", "Jan 31 2026 00:03"]);
    expect(names(text)).toEqual(["Orbital", "Halcyon"]);
  });
  it("has the signs that its tags write as numbers", () => {
    expect(names("#EXTM3U\n#EXTVDJ:<artist>A &#38; B&#x21;</artist><title>&#0;T &#9999999;</title>\nx.mp3")).toEqual(["A & B!", "&#0;T &#9999999;"]);
  });
  it("reads an entry without an artist, and one with seconds", () => {
    expect(names("22:53 : Jingle")).toEqual(["", "Jingle"]);
    expect(names("9:05:59 : Air - Kelly")).toEqual(["Air", "Kelly"]);
    expect(times("22:53 : Jingle")).toEqual([undefined]);
  });
  it.each([
    ["21:32 : Jay-Z - 99 Problems - Live", ["Jay-Z", "99 Problems - Live"]],
    ["21:32 : Above & Beyond - Zoe Johnston - Peace", ["Above & Beyond", "Zoe Johnston - Peace"]],
    ["21:32 :  - Some Title", ["", "Some Title"]],
    ["21:32 : 01 Track 01.mp3", ["", "01 Track 01.mp3"]],
  ])("splits an entry at its first hyphen between blanks: %j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });
  it("does not take a title with a time in it for an entry", () => {
    expect(names("Nena - 12:34 : Live")).toEqual(["Nena", "12:34 : Live"]);
  });
});

describe("a history as a playlist", () => {
  const entry = "#EXTVDJ:<time>21:45</time><lastplaytime>1674884707</lastplaytime><artist>Some &amp; Group</artist><title>Some Song [Remix]</title><remix>feat. Guest</remix><songlength>241.6</songlength>";

  it("has artist, title, length and time of play in its tags, streamed or not", () => {
    const content = parseNowPlaying(`#EXTM3U\r\n${entry}\r\nnetsearch://xx0000001\r\n`);
    expect(content).toMatchObject({
      kind: "history",
      entries: [{ artist: "Some & Group", title: "Some Song [Remix]", duration: 241.6, playedAt: 1_674_884_707_000 }],
    });
  });

  it("takes the names of #EXTINF, or of the file, where VirtualDJ left no tags", () => {
    const named = (text: string): unknown => {
      const content = parseNowPlaying(text);
      return content.kind === "history" ? content.entries.map(({ artist, title, duration }) => [artist, title, duration]) : content;
    };
    expect(named("#EXTM3U\n#EXTINF:241,Bicep - Glue\nC:\\Music\\x.mp3\n")).toEqual([["Bicep", "Glue", 241]]);
    expect(named("#EXTVDJ:<time>21:45</time>\n/music/Bicep - Glue.flac\nD:\\m\\Rone - Parade.mp3")).toEqual([["Bicep", "Glue", 0], ["Rone", "Parade", 0]]);
    expect(named("#EXTVDJ:<title>One</title>\n#EXTINF:9,Other\n/a.mp3\n#EXTVDJ:<title>Two</title>\n#EXTVDJ:<title>Three</title>\nnetsearch://x")).toEqual([["", "One", 0], ["", "Two", 0], ["", "Three", 0]]);
  });

  it("names no track while its newest entry has no title, but an entry that is only half written changes nothing", () => {
    const named = (after: string): unknown => {
      const content = parseNowPlaying(`#EXTM3U\n${entry}\nnetsearch://x1\n${after}`);
      return content.kind === "history" ? [content.named, content.entries.length] : content;
    };
    const untitled = "#EXTVDJ:<time>21:50</time><lastplaytime>1674885000</lastplaytime>\nnetsearch://dz9999\n";
    expect([named(""), named(untitled), named("netsearch://dz9999"), named(untitled + untitled)]).toEqual([[true, 1], [false, 1], [false, 1], [false, 1]]);
    expect([named("#EXTVDJ:<time>21:50</time>"), named("#EXTVDJ:<time>21:50</time>\n/m/A - B.mp3"), named(`${untitled}#EXTVDJ:<title>New</title>\nnetsearch://x2`)]).toEqual([[true, 1], [true, 2], [true, 2]]);
  });

  it("keeps a remix with its title, unless that names its version itself", () => {
    const title = (remix: string, of: string): unknown => names(`#EXTVDJ:<artist>A</artist><title>${of}</title><remix>${remix}</remix>`);
    expect([title("Extended Mix", "Song"), title("feat. Guest", "Song [Remix]"), title("", "Song")]).toEqual([["A", "Song (Extended Mix)"], ["A", "Song [Remix]"], ["A", "Song"]]);
  });

  it("has a time also from its name, over midnight and where clocks change", () => {
    const text = "#EXTVDJ:<time>23:58</time><title>One</title>\na\n#EXTVDJ:<time>00:03</time><title>Two</title>\nb";
    const content = parseNowPlaying(text, "2026-01-30.m3u");
    expect(content).toMatchObject({ entries: [{ playedAt: new Date(2026, 0, 30, 23, 58).getTime() }, { playedAt: new Date(2026, 0, 31, 0, 3).getTime() }] });
    expect(parseNowPlaying("23:58 : A - B", "2026-13-45.txt")).toMatchObject({ entries: [{ playedAt: undefined }] });
  });

  it("says why it names no track", () => {
    const why = (text: string): unknown => {
      const content = parseNowPlaying(text);
      return content.kind === "none" ? content.why : content;
    };
    expect(why("#EXTVDJ:<time>21:45</time>\nnetsearch://x")).toContain("none of its 1 entries has a title");
    expect(why("#EXTM3U\n")).toContain("without an entry yet");
    expect(why("#EXTVDJ:<artist>A</artist><title>Half a ti")).toContain("none of its 1");
    for (const text of ["#EXTM3U\nnetsearch://x1", "#extm3u\r\n#EXTVDJ:<time>21:45</time>\r\nnetsearch://x1"]) expect(why(text)).toContain("none of its 1");
    expect(why("https://a.example/b - c")).toContain("neither");
    expect(why(" \n")).toContain("empty");
    expect(why("One\nTwo\nThree")).toContain('"HH:MM : Artist - Title"');
    expect(parseNowPlaying("#EXTVDJ:<title>T</title><songlength>NaN</songlength>")).toMatchObject({ entries: [{ duration: 0, playedAt: undefined }] });
  });

  it("cannot steer a terminal with its names", () => {
    expect(names("\u001b]0;x\u0007Bic\u202eep - \u001b[2JGlue\u200b")).toEqual(["Bicep", "Glue"]);
    expect(names("22:00 : \u001b[31mBicep - Glue\u001b[0m")).toEqual(["Bicep", "Glue"]);
  });
});

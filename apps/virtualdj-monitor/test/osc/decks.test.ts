import { describe, expect, it } from "vitest";
import { audibleDeck } from "../../src/osc/audible-deck.ts";
import { noDecks, receive, secondsIn } from "../../src/osc/decks.ts";
import type { Decks } from "../../src/osc/decks.ts";

type VdjMessage = [address: string, value: number | string | boolean | null];
const after = (...messages: VdjMessage[]): Decks =>
  messages.reduce((decks, [address, value], index) => receive(decks, { address: `/vdj/${address}`, tags: "s", args: [value] }, index * 500) ?? decks, noDecks);
const loaded = (deck: number, title: string): VdjMessage[] => [[`deck/${deck}/get_title`, title], [`deck/${deck}/play`, 1], [`deck/${deck}/is_audible`, 1]];
const audible = (...messages: VdjMessage[]): number | undefined => audibleDeck(after(...messages), undefined)?.number;

describe("messages of VirtualDJ", () => {
  it("contain names, length, volume and position of a deck, in any spelling of true and false", () => {
    const { decks } = after(["deck/2/get_title", "T"], ["deck/2/get_artist", "A"], ["deck/2/get_songlength", "241.5"], ["deck/2/volume", 0.5], ["deck/2/song_pos", 0.25], ["deck/2/play", "on"], ["deck/2/is_audible", ""]);
    expect(decks[1]).toMatchObject({ number: 2, artist: "A", title: "T", length: 241.5, volume: 0.5, position: 0.25, positionAt: 2500, playing: true, audible: false });
  });

  it("are forgotten when nothing is loaded any more", () => {
    expect(after(["deck/1/get_title", "T"], ["deck/1/loaded", ""]).decks[0]).toMatchObject({ title: "", playing: undefined });
  });

  it("stops, goes on and changes speed where it is at that moment, between two positions", () => {
    const begun: VdjMessage[] = [["deck/1/get_songlength", 100], ["deck/1/play", 1], ["deck/1/song_pos", 0.1]];
    const seconds = (now: number, ...then: VdjMessage[]): number | undefined => after(...begun, ...then).decks.slice(0, 1).map((deck) => secondsIn(deck, now))[0];
    // One message comes each half second: the position at 1 s.
    expect(seconds(3000)).toBeCloseTo(12, 6);
    expect(seconds(3000, ["deck/1/play", ""])).toBeCloseTo(10.5, 6);
    expect(seconds(3000, ["deck/1/play", ""], ["deck/1/play", "on"])).toBeCloseTo(11.5, 6);
    expect(seconds(3000, ["deck/1/get_pitch_value", "200"])).toBeCloseTo(13.5, 6);
    expect(seconds(1_000_000)).toBe(100);
  });

  it("of another track take the position with them, the same names again do not", () => {
    const begun: VdjMessage[] = [["deck/1/get_title", "T"], ["deck/1/get_artist", "A"], ["deck/1/get_songlength", 100], ["deck/1/song_pos", 0.5]];
    expect(after(...begun, ["deck/1/get_title", "T"], ["deck/1/get_artist", "A"]).decks[0]).toMatchObject({ position: 0.5 });
    expect(after(...begun, ["deck/1/get_title", "U"]).decks[0]).toMatchObject({ title: "U", position: undefined });
    expect(after(...begun, ["deck/1/get_artist", "B"]).decks[0]).toMatchObject({ artist: "B", position: undefined });
  });

  it("may be nonsense", () => {
    for (const address of ["deck/0/get_title", "deck/99/get_title", "deck/x/get_title", "deck/1/explode", "other", "deck/1/get_title/more"]) {
      expect(receive(noDecks, { address: `/vdj/${address}`, tags: "s", args: ["x"] }, 0)).toBeUndefined();
    }
    const { decks } = after(["deck/1/get_songlength", "long"], ["deck/1/song_pos", Number.NaN], ["deck/1/volume", -3], ["deck/1/get_title", 5]);
    expect(decks[0]).toMatchObject({ length: 0, position: undefined, volume: 0, title: "5" });
    const known: VdjMessage[] = [["deck/1/get_songlength", 200], ["deck/1/song_pos", 0.5], ["deck/1/volume", 0.5], ["deck/1/get_pitch_value", 110], ["crossfader", 0.2]];
    for (const value of [Number.NaN, Infinity, "x", null, true]) {
      const nonsense = ["deck/1/get_songlength", "deck/1/song_pos", "deck/1/volume", "deck/1/get_pitch_value", "crossfader"].map((verb): VdjMessage => [verb, value]);
      expect(after(...known, ...nonsense), String(value)).toMatchObject({ crossfader: 0.2, decks: [{ length: 200, position: expect.closeTo(0.5, 1), volume: 0.5, rate: 1.1 }, {}, {}, {}] });
    }
    expect(after(...known, ["deck/1/get_songlength", 1e30], ["deck/1/get_pitch_value", 1e30]).decks[0]).toMatchObject({ length: 0, rate: 16 });
    expect(after(...known, ["deck/1/get_pitch_value", 0], ["deck/1/get_pitch_value", -5]).decks[0]).toMatchObject({ rate: 1.1 });
    expect(after(["deck/1/get_songlength", 241_500]).decks[0]).toMatchObject({ length: 241.5 });
  });
});

describe("the deck that is audible in the room", () => {
  it("is the one that plays and is audible", () => {
    expect(audible()).toBeUndefined();
    expect(audible(...loaded(1, "One"), ["deck/2/get_title", "Two"])).toBe(1);
    expect(audible(...loaded(1, "One"), ["deck/1/is_audible", ""], ...loaded(2, "Two"))).toBe(2);
    expect(audible(["deck/1/get_title", "One"], ["deck/1/play", ""], ["deck/2/get_title", "Two"], ["deck/2/song_pos", 0.1], ["deck/2/song_pos", 0.2])).toBe(2);
  });

  it("is the louder one by volume and crossfader, once it is clearly louder", () => {
    const mix = (crossfader: number): Decks => after(...loaded(1, "One"), ...loaded(2, "Two"), ["crossfader", crossfader]);
    expect(audibleDeck(mix(0), 2)?.number).toBe(1);
    expect(audibleDeck(mix(0.5), 1)?.number).toBe(1);
    expect(audibleDeck(mix(0.5), 2)?.number).toBe(2);
    expect(audibleDeck(mix(0.54), 1)?.number).toBe(1);
    expect(audibleDeck(mix(0.6), 1)?.number).toBe(2);
    expect(audibleDeck(after(...loaded(1, "One"), ...loaded(2, "Two"), ["deck/1/volume", 0.2]), 1)?.number).toBe(2);
  });

  it("stays while nothing plays", () => {
    const quiet = after(["deck/1/get_title", "One"], ["deck/2/get_title", "Two"]);
    expect(audibleDeck(quiet, 2)?.number).toBe(2);
  });
});

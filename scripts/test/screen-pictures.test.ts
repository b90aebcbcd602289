import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { drawPictures } from "../screen-pictures/pictures.ts";
import { readShow } from "../screen-pictures/recorded-show.ts";
import type { Happening } from "../screen-pictures/recorded-show.ts";

const folder = path.resolve(import.meta.dirname, "../../docs/pictures");
const showFolder = path.resolve(import.meta.dirname, "../screen-pictures/show");
/** Set by `pnpm screens`: the pictures are written instead of compared. */
const writes = process.env["VJ_WRITE_PICTURES"] === "1";
/** Bytes of the largest still, and of the film. */
const most = { still: 60_000, film: 600_000 } as const;

// Times of day are on the pictures.
process.env["TZ"] = "UTC";
const pictures = await drawPictures();
if (writes) {
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of pictures) writeFileSync(path.join(folder, name), svg);
}

describe("the pictures of the screens", () => {
  it("are what the screens show", () => {
    const committed = new Map(readdirSync(folder).filter((name) => name.startsWith("screen-")).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
    const differing = [...new Set([...pictures.keys(), ...committed.keys()])].filter((name) => pictures.get(name) !== committed.get(name));
    expect(differing, "the screens have changed: `pnpm screens` draws docs/pictures/screen-*.svg anew; look at them, and commit them").toEqual([]);
  });

  it("are small, and texts and shapes only", () => {
    for (const [name, svg] of pictures) {
      expect(Buffer.byteLength(svg), name).toBeLessThan(name === "screen-show.svg" ? most.film : most.still);
      expect(svg, name).not.toMatch(/<script|<foreignObject|href=|url\(/);
      expect(svg, name).not.toContain("\u001b");
    }
  });

  it("show the sound, the lyrics, the death of a worker and its return, and the drop", () => {
    const shown = (name: string): string => pictures.get(`screen-${name}.svg`)?.replace(/<[^>]*>/g, " ") ?? "";
    expect(shown("overview")).toContain("Glass Harbour");
    expect(shown("overview")).toMatch(/bpm/);
    expect(shown("overview-trouble")).toMatch(/restart in \d s/);
    for (const seen of ["Carry it over, carry it right", "lyrics_fetcher restart in 1 s", "build-up"]) expect(shown("show"), seen).toContain(seen);
    // A lamp is lit beside the word.
    expect(pictures.get("screen-audio.svg")).toMatch(/>drop<\/text>\n<text class="c5"[^>]*>●/);
    expect(pictures.get("screen-show.svg")).toMatch(/class="c5 f[^>]*>●/);
  });
});

it("the recorded show names no folder but its own", async () => {
  const texts = gunzipSync(readFileSync(path.join(showFolder, "bus.ndjson.gz"))).toString("utf8") + JSON.stringify((await readShow()).flatMap(spokenTexts));
  expect(texts).toContain("lyrics_fetcher: ended: killed by SIGKILL");
  const folders = new Set(texts.match(/\/(?:home|root|Users|work|tmp|var|opt|usr)\/[\w.-]+/g));
  expect([...folders].filter((name) => name !== "/tmp/show")).toEqual([]);
});

function spokenTexts(one: Happening): unknown[] {
  if (one.type === "log") return [one.entry.line];
  return one.type === "osc" ? one.message.args.filter((value) => typeof value === "string") : [];
}

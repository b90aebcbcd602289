import { expect, it } from "vitest";
import { drumLoop } from "./rhythm-clips.ts";
import { run } from "./rhythm-run.ts";

const backbeat = "....x.......x...";
const eighths = "x.x.x.x.x.x.x.x.";
const sixteenths = "xxxxxxxxxxxxxxxx";
const usual = [80, 128, 174];

/** Plain loops of one bar, and the tempi at which each is played. */
const loops = [
  { name: "sparse drum and bass", kick: "x.........x.....", snare: backbeat, hat: eighths, tempi: [95, 150, 160, 174] },
  { name: "drum and bass", kick: "x.....x...x.....", snare: backbeat, hat: eighths, tempi: usual },
  { name: "house", kick: "x...x...x...x...", snare: "", hat: "..x...x...x...x.", tempi: usual },
  { name: "rock", kick: "x.......x.x.....", snare: backbeat, hat: eighths, tempi: usual },
  { name: "funk", kick: "x.....x.x.......", snare: backbeat, hat: eighths, tempi: usual },
  { name: "hip-hop", kick: "x.x.......x.....", snare: backbeat, hat: eighths, tempi: usual },
  { name: "sixteenth hats", kick: "x.........x.....", snare: "....x.......x..x", hat: sixteenths, tempi: usual },
  { name: "slow trap", kick: "x.....x...x.....", snare: "........x.......", hat: sixteenths, tempi: [64, 70, 74, 80] },
];

it.each(loops.flatMap(({ tempi, ...loop }) => tempi.map((bpm) => ({ ...loop, bpm }))))("reads $name at $bpm BPM as it is, not as its half or its double", ({ bpm, kick, snare, hat }) => {
  const { end } = run(drumLoop({ bpm, seconds: 18, kick, snare, hat }));
  expect(Math.abs(end.bpm - bpm)).toBeLessThan(1);
});

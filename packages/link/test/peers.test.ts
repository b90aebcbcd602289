import { execFileSync } from "node:child_process";
import path from "node:path";
import { needs, spawnProcess, tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

const fixtures = path.join(import.meta.dirname, "fixtures");
// Link's port is fixed: each run gets a network of its own.
const network = "ip link set lo up multicast on && ip route add 224.0.0.0/4 dev lo && exec \"$@\"";

async function playScenario(...other: string[]): Promise<Record<string, number | null>> {
  await using scenario = spawnProcess("unshare", ["--net", "sh", "-c", network, "sh", process.execPath, path.join(fixtures, "scenario.mjs"), ...other]);
  const [seen = ""] = await scenario.printed(/^\{"joinedMs.*\}$/m);
  return JSON.parse(seen) as Record<string, number | null>;
}

const expected = {
  joinedMs: expect.any(Number) as number,
  joinedDistanceMs: expect.closeTo(0, -1) as number,
  tempoOfOursMs: expect.any(Number) as number,
  tempoOfOtherMs: expect.any(Number) as number,
  phaseDistanceMs: expect.closeTo(0, -1) as number,
  backAfterKillMs: expect.any(Number) as number,
  backDistanceMs: expect.closeTo(0, -1) as number,
  threeMs: expect.any(Number) as number,
  founderLeftMs: expect.any(Number) as number,
  distanceWithoutFounderMs: expect.closeTo(0, -1) as number,
};

describe("peers on a network", needs("netNamespace"), () => {
  it("find each other, keep one beat, follow each other's tempo, and come back after a kill", async () => {
    expect(await playScenario()).toEqual(expected);
  });

  it("do the same with the official library", { timeout: 180_000, ...needs("g++", "linkLibrary") }, async () => {
    await using folder = tempDir();
    const official = folder.join("official-peer");
    execFileSync("g++", ["-std=c++17", "-O1", "-DLINK_PLATFORM_LINUX=1", path.join(fixtures, "official-peer.cc"), "-o", official, "-lpthread", "-latomic"]);
    expect(await playScenario(official)).toEqual(expected);
  });
});

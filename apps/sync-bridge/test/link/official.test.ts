import { fileURLToPath } from "node:url";
import path from "node:path";
import { compiled, needs, spawnProcess, tempDir, tempEnvironment } from "@vj/test-kit";
import { expect, it } from "vitest";

const stage = path.join(import.meta.dirname, "../fixtures/link-stage.mjs");
const bridge = path.join(import.meta.dirname, "../../bin/sync-bridge.js");
const source = path.join(path.dirname(fileURLToPath(import.meta.resolve("@vj/link/package.json"))), "test/fixtures/official-peer.cc");
// Link's port is fixed: each run gets a network of its own.
const network = 'ip link set lo up multicast on && ip route add 224.0.0.0/4 dev lo && exec "$@"';
const ms = expect.any(Number) as number;

/** `VJ_LINK=all` for the long version: kill -9, following, three peers, SIGSTOP, a lost interface, two sessions that meet. */
const which = process.env["VJ_LINK"] ?? "short";

it("plays with a peer of the official library: founds, leads, yields, leads again", { timeout: 240_000, ...needs("netNamespace", "g++", "linkLibrary") }, async () => {
  await using dir = tempDir();
  const peer = compiled(source, ["-std=c++17", "-O0", "-DLINK_PLATFORM_LINUX=1", "-lpthread", "-latomic"]);
  const env = tempEnvironment(dir);
  await using run = spawnProcess("unshare", ["--net", "sh", "-c", network, "sh", process.execPath, stage, peer, bridge, which], env);
  const [line = ""] = await run.printed(/^\{"foundedMs.*\}$/m);
  const seen = JSON.parse(line) as Record<string, number>;
  expect(seen).toMatchObject({ foundedMs: ms, rigTempoMs: ms, peersTempoIsKept: true, rigAgainMs: ms });
  expect(seen["peerSaid"]).toBeLessThanOrEqual(2);
  for (const key of ["foundedDistanceMs", "rigTempoDistanceMs"]) expect(seen[key], key).toBeLessThan(10);
  if (which !== "all") return;
  console.log(line);
  expect(seen).toMatchObject({ backAfterStartMs: ms, followedBpm: 111 });
  for (const key of ["afterKillMs", "followedDistanceMs", "mergedDistanceMs"]) expect(seen[key], key).toBeLessThan(10);
  expect(seen["jumpAfterKillMs"]).toBeLessThan(5);
  expect(seen["backAfterStartMs"]).toBeLessThan(1000);
  expect(seen["followedAgain"]).toBeGreaterThanOrEqual(2);
});

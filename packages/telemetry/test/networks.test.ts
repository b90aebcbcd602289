import path from "node:path";
import { needs, spawnProcess } from "@vj/test-kit";
import { expect, it } from "vitest";

const scenario = path.join(import.meta.dirname, "fixtures/networks.mjs");
interface Seen {
  readonly reached: object;
  readonly without: Record<string, string>;
  readonly down: object;
  readonly back: object;
  readonly left: number;
}
// Two networks, each with its other end in this one; without a default route.
const networks = [1, 2].map((n) => `ip link add v${n} type veth peer name p${n} && ip addr add 10.9.${n}.1/24 brd + dev v${n} && ip link set v${n} up && ip link set p${n} up`);

it("groups, broadcasts and interfaces that come and go cost nothing but what is sent there, and are explained", { timeout: 120_000, ...needs("netNamespace") }, async () => {
  const script = ["ip link set lo up", ...networks, 'exec "$@"'].join(" && ");
  await using run = spawnProcess("unshare", ["--net", "sh", "-c", script, "sh", process.execPath, scenario]);
  const [line = ""] = await run.printed(/^\{.*\}$/m);
  const { reached, without, down, back, left }: Seen = JSON.parse(line);
  expect(reached).toEqual({ loopback: "open", network: "open", neighbour: "open", other: "open", everyone: "failed", group: "failed", interface: "failed", away: "failed" });
  const noGroup = "cannot be reached: this machine is in no network that takes what goes to a group or to all: connect it, or add a default route (ENETUNREACH)";
  expect(without).toMatchObject({ everyone: noGroup, group: noGroup, away: "cannot be reached: this machine has no way to it: connect both to one network, or correct the address (ENETUNREACH)" });
  expect(without["interface"]).toMatch(/^cannot be reached: this machine has no interface nope; it has lo, .* \((?:EINVAL|ENODEV|ENXIO)\)$/);
  expect(down).toMatchObject({ network: expect.stringContaining("does not take telemetry: this machine"), neighbour: expect.stringContaining("has no way to it") });
  expect(down).not.toHaveProperty("other");
  expect(back).toEqual({ everyone: "open", group: "open", network: "open", neighbour: "open", other: "open" });
  expect(left).toBe(0);
});

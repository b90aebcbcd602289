import { expect, it } from "vitest";
import { reachOf } from "../src/doctor/reach.ts";

const common = { mac: "00:00:00:00:00:00", internal: false };
const interfaces = {
  eth0: [
    { ...common, family: "IPv4" as const, address: "192.168.4.7", netmask: "255.255.252.0", cidr: "192.168.4.7/22" },
    { ...common, family: "IPv6" as const, address: "fe80::7", netmask: "ffff:ffff:ffff:ffff::", cidr: "fe80::7/64", scopeid: 2 },
  ],
  point: [{ ...common, family: "IPv4" as const, address: "10.0.0.1", netmask: "255.255.255.255", cidr: "10.0.0.1/32" }],
};

it.each([
  ["127.0.0.1", { kind: "here", address: "127.0.0.1" }],
  ["localhost", { kind: "here", address: "127.0.0.1" }],
  ["::1", { kind: "here", address: "::1" }],
  ["0.0.0.0", { kind: "here", address: "127.0.0.1" }],
  ["::", { kind: "here", address: "::1" }],
  ["192.168.4.7", { kind: "here", address: "192.168.4.7" }],
  ["10.0.0.1", { kind: "here", address: "10.0.0.1" }],
  ["fe80::7%eth0", { kind: "here", address: "fe80::7%eth0" }],
  ["255.255.255.255", { kind: "broadcast" }],
  ["192.168.7.255", { kind: "broadcast" }],
  ["192.168.4.255", { kind: "elsewhere" }],
  ["192.168.4.8", { kind: "elsewhere" }],
  ["fe80::8%eth0", { kind: "elsewhere" }],
  ["224.0.0.1", { kind: "multicast" }],
  ["239.255.0.1", { kind: "multicast" }],
  ["240.0.0.1", { kind: "elsewhere" }],
  ["ff02::1%eth0", { kind: "multicast" }],
  ["no-such-machine.invalid", { kind: "elsewhere" }],
])("what is sent to %s reaches %o", async (host, reach) => {
  expect(await reachOf(host, interfaces)).toEqual(reach);
});

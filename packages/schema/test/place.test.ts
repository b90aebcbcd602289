import { lookup } from "node:dns/promises";
import { describe, expect, it } from "vitest";
import { hostSchema, placeSchema, plainHost, readPlace } from "../src/index.ts";

const place = (text: string): unknown => {
  const read = readPlace(text);
  return read.ok ? `${read.place.host} ${read.place.port}` : read.fault;
};

describe("host:port", () => {
  it.each([
    ["127.0.0.1:9000", "127.0.0.1 9000"],
    ["127.1:9000", "127.0.0.1 9000"],
    ["0x7f.1:9000", "127.0.0.1 9000"],
    ["2130706433:9000", "127.0.0.1 9000"],
    ["LOCALHOST:9000", "localhost 9000"],
    ["localhost.:9000", "localhost 9000"],
    ["Stage.Local.:9000", "stage.local. 9000"],
    ["bühne.example:9000", "bühne.example 9000"],
    ["xn--bhne-0ra.example:1", "xn--bhne-0ra.example 1"],
    ["4k-wall:9000", "4k-wall 9000"],
    ["4ace:9000", "4ace 9000"],
    ["my_mac:9000", "my_mac 9000"],
    ["[::1]:9000", "::1 9000"],
    ["[::FFFF:127.0.0.1]:9000", "127.0.0.1 9000"],
    ["[::ffff:7f00:1]:9000", "127.0.0.1 9000"],
    ["[FE80::1%Eth0]:9000", "fe80::1%Eth0 9000"],
    ["lamp:09000", "lamp 9000"],
    ["lamp:65535", "lamp 65535"],
  ])("%s is %s", (text, read) => {
    expect(place(text)).toBe(read);
    expect(placeSchema.safeParse(text).success).toBe(true);
  });

  it.each([
    ["", /^write host:port/],
    ["lamp", /^write host:port/],
    [":9000", /^write host:port/],
    ["::1", /^an IPv6 address stands in brackets, before its port: \[::1\]:9000/],
    ["fe80::1%eth0:9000", /brackets, before its port: \[fe80::1%eth0\]:9000$/],
    ["::1:7001", /before its port: \[::1\]:7001$/],
    ["::ffff:127.0.0.1:7001", /before its port: \[::ffff:127\.0\.0\.1\]:7001$/],
    ["lamp:", /^the port is a number from 1 to 65535, not ""/],
    ["lamp:0", /not "0"/],
    ["lamp:65536", /not "65536"/],
    ["lamp:-1", /not "-1"/],
    ["lamp:9e3", /not "9e3"/],
    ["lamp: 9000", /not " 9000"/],
    ["la mp:9000", /without blanks/],
    ["http://lamp:9000", /^write host:port|without what ends in/],
    ["lamp/x:9000", /^write a name or an address/],
    ["256.1.1.1:9000", /^an IPv4 address has four numbers/],
    ["1.2.3.4.5:9000", /^an IPv4 address has four numbers/],
    ["1.2.3.:9000", /^an IPv4 address has four numbers/],
    ["192.168.1:9000", /192\.168\.1 stands for 192\.168\.0\.1$/],
    ["0xC0.0xA8.1.20:9000", /stands for 192\.168\.1\.20$/],
    ["192.168.001.020:9000", /without leading zeros/],
    ["a..b:9000", /between two dots is missing/],
    [`${"x".repeat(64)}.local:9000`, /at most 63/],
    ["[lamp]:9000", /^write an IPv6 address/],
    ["[fe80::1]:9000", /needs its interface: fe80::1%eth0/],
    ["[]:9000", /^write an IPv6 address/],
  ])("%j is refused with its reason", (text, fault) => {
    expect(place(text)).toMatch(fault);
    expect(placeSchema.safeParse(text).success).toBe(false);
  });

  it("an IPv4 address of any form is what the resolver of the system makes of it", async () => {
    for (const host of ["127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "127.0.0.0x1", "10.0.0.1"]) {
      expect(hostSchema.safeParse(host).success).toBe(true);
      expect([host, plainHost(host)]).toEqual([host, (await lookup(host)).address]);
    }
  });
});

import { describe, expect, it } from "vitest";
import { explainTargetFaults, placeText, targetSchema, targetsInputSchema } from "../src/index.ts";

function faults(content: unknown): string {
  const result = targetsInputSchema.safeParse(content);
  return result.success ? "" : explainTargetFaults(result.error, content);
}

const lamp = { name: "lamp", port: 7700 };

describe("faults of targets name the target and the key, in words", () => {
  it.each<[unknown, string]>([
    [{ targets: [lamp, { ...lamp, name: "wall", rate: 5000 }] }, 'target "wall": rate must be at most 1000, not 5000'],
    [{ targets: [{ ...lamp, rate: "fast" }] }, 'target "lamp": rate must be a number, not "fast"'],
    [{ targets: [{ ...lamp, port: 1.5 }] }, 'target "lamp": port must be a whole number, not 1.5'],
    [{ targets: [{ ...lamp, port: 0 }] }, 'target "lamp": port must be at least 1, not 0'],
    [{ targets: [{ ...lamp, shape: "round" }] }, 'target "lamp": shape must be packed, flat, synesthesia, textler; "round" is not one of them'],
    [{ targets: [{ ...lamp, shap: "flat" }] }, 'target "lamp" does not know "shap"; a target has the keys of vj target set --help'],
    [{ targets: [{ ...lamp, rename: [{ from: "/a", to: "/b" }, { from: "/c/*", to: "/d" }] }] }, 'target "lamp": rename 2 to ends in /* exactly when from does'],
    [{ targets: [{ ...lamp, only: ["audio"] }] }, 'target "lamp": only 1 "audio" does not fit: begin with "/"'],
    [{ targets: [{ ...lamp, prefix: "/vj/" }] }, 'target "lamp": prefix "/vj/" does not fit: write an OSC address such as /audio/level/bass: it begins with /, does not end with it, and has no blank, # * , ? [ ] { }'],
    [{ targets: [{ ...lamp, host: "http://x" }] }, 'target "lamp": host "http://x" does not fit: write the name or the address alone, without what ends in ://'],
    [{ targets: [{ ...lamp, host: "127.0.0.1:7000" }] }, 'target "lamp": host "127.0.0.1:7000" does not fit: write the name or the address alone, and the port as port'],
    [{ targets: [{ ...lamp, host: "[::1]:7000" }] }, 'target "lamp": host "[::1]:7000" does not fit: write the name or the address alone, and the port as port'],
    [{ targets: [{ ...lamp, host: "256.1.1.1" }] }, 'target "lamp": host "256.1.1.1" does not fit: an IPv4 address has four numbers from 0 to 255, such as 192.168.1.20'],
    [{ targets: [{ ...lamp, host: "1.2.3" }] }, 'target "lamp": host "1.2.3" does not fit: an IPv4 address has four numbers from 0 to 255, such as 192.168.1.20; 1.2.3 stands for 1.2.0.3'],
    [{ targets: [{ ...lamp, host: "ff02::1" }] }, 'target "lamp": host "ff02::1" does not fit: an address of the local link needs its interface: ff02::1%eth0'],
    [{ targets: [{ ...lamp, host: "2001:::1" }] }, 'target "lamp": host "2001:::1" does not fit: write an IPv6 address, such as fe80::1%eth0, or a name'],
    [{ targets: [{ name: "lamp" }] }, 'target "lamp": port is missing'],
    [{ targets: [{ port: 1 }] }, "target 1 of the list: name is missing"],
    [{ targets: [lamp, 7] }, "target 2 of the list must be an object in { }, not 7"],
    [{ targets: [lamp, lamp] }, 'target "lamp": name "lamp" is the name of another target'],
    [{ targets: {} }, '"targets" must be a list in [ ], not {}'],
    [{}, '"targets" is missing'],
    [[], "the file must be an object in { }, not []"],
    [{ targets: [], target: 1 }, 'the file does not know "target"; it holds "targets" alone'],
  ])("%j", (content, text) => {
    expect(faults(content)).toBe(text);
  });

  it.each(["127.0.0.1", "255.255.255.255", "localhost", "my-mac.local", "4k-wall", "::1", "[::1]", "fe80::1%en0", "ff02::1%lo", "::ffff:10.0.0.1", "bühne"])("a host may be %s", (host) => {
    expect(faults({ targets: [{ ...lamp, host }] })).toBe("");
  });

  it("an IPv6 address may stand in brackets, and is shown in them", () => {
    expect(targetSchema.parse({ ...lamp, host: "[::1]" }).host).toBe("::1");
    expect([placeText({ host: "::1", port: 9 }), placeText({ host: "a.b", port: 9 })]).toEqual(["[::1]:9", "a.b:9"]);
  });

  it("counts what is too much to be named, and stays short", () => {
    const text = faults({ targets: Array.from({ length: 60 }, (_, index) => ({ name: `n${index}`, port: "x".repeat(5000) })) });
    expect(text).toMatch(/; and \d+ more$/);
    expect(text.length).toBeLessThan(4000);
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { VjRig } from "./vj-rig.ts";

/** A rig whose targets stand in its file. */
function rigWithTargets(...workers: string[]): VjRig {
  const rig = new VjRig(...workers);
  rig.env["VJ_OSC_TARGETS"] = "";
  return rig;
}

function saved(rig: VjRig): unknown {
  return JSON.parse(readFileSync(rig.dir.join("config/targets.json"), "utf8"));
}

describe("vj target, without a rig", () => {
  it("adds by preset, changes, switches and removes; the default target stays where it was", async () => {
    await using rig = rigWithTargets();
    expect(await rig.run("target", "add", "resolume")).toMatchObject({ code: 0, stdout: expect.stringContaining("flat OSC at 127.0.0.1:7000") });
    await rig.run("target", "set", "resolume", "rate=30", "only=/audio/*");
    expect((await rig.run("target", "add", "twin", "port=9000")).stdout).toContain("default sends to 127.0.0.1:9000, too: what both send arrives there twice; end that with: vj target off default");
    await rig.run("target", "remove", "twin");
    await rig.run("target", "off", "default");
    await rig.run("safe", "on");
    expect(saved(rig)).toEqual({
      targets: [
        { name: "default", host: "127.0.0.1", port: 9000, enabled: false, safe: true },
        { name: "resolume", host: "127.0.0.1", enabled: true, preset: "resolume", rate: 30, only: ["/audio/*"], safe: true },
      ],
    });
    expect((await rig.run("target", "list")).stdout).toMatch(/^resolume +127\.0\.0\.1:7000 +flat +resolume +safe, 30\/s, on change, 1 only +no worker/m);
    await rig.run("target", "set", "resolume", "rate=null");
    await rig.run("target", "remove", "default");
    expect(saved(rig)).toMatchObject({ targets: [{ name: "resolume", only: ["/audio/*"] }] });
    expect(JSON.parse((await rig.run("target", "list", "--json")).stdout)).toMatchObject({ from: "file", targets: [{ name: "resolume" }], flows: [] });
    expect((await rig.run("target", "add", "stage left", "port=7702")).stdout).toContain("vj target test 'stage left'");
  });

  it("loses no change when many make one at the same time", async () => {
    await using rig = rigWithTargets();
    const names = Array.from({ length: 6 }, (_, index) => `lamp${index}`);
    const outcomes = await Promise.all(names.map((name, index) => rig.run("target", "add", name, `port=${7700 + index}`)));
    expect(outcomes.map(({ code }) => code)).toEqual(names.map(() => 0));
    expect((await rig.run("target", "list")).stdout.match(/^lamp\d/gm)?.sort()).toEqual(names);
  });

  it("refuses what does not fit with its place, and changes nothing", async () => {
    await using rig = rigWithTargets();
    const refused = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await rig.run("target", ...args);
      expect(code).not.toBe(0);
      return stderr;
    };
    const reasons: readonly (readonly [command: string, why: RegExp])[] = [
      ["add magic", /target "magic": port is missing: the user of Magic Music Visuals chooses it/],
      ["add resolum", /target "resolum": port is missing\n {2}is the preset resolume meant\? vj target add resolume;/],
      ["set default prefix=vj", /prefix "vj" does not fit: write an OSC address/],
      ["add lamp port=1 shap=flat", /"shap"/],
      ["add lamp port=1 preset=nothing", /target "lamp": preset must be processing, .*; "nothing" is not one of them/],
      ["set nobody rate=1", /there is no target "nobody"\n {2}there are: default/],
      ["add default port=1", /there is a target "default" already/],
    ];
    // Beside each other: one after the other they take a minute on a busy machine.
    await Promise.all(reasons.map(async ([command, why]) => expect(await refused(...command.split(" "))).toMatch(why)));
    const file = rig.dir.join("config/targets.json");
    await rig.run("target", "add", "wall", "port=7701");
    writeFileSync(file, '{"targets": [{"name": "a", "prot": 1}]}');
    expect(await refused("add", "lamp", "port=7700")).toMatch(/targets\.json is not valid: target "a" does not know "prot"/);
    expect(readFileSync(file, "utf8")).toBe('{"targets": [{"name": "a", "prot": 1}]}');
    writeFileSync(file, '{"targets": [],}');
    const { code, stdout, stderr } = await rig.run("target", "ls");
    expect([code, stdout, stderr]).toEqual([1, expect.stringMatching(/^wall +127\.0\.0\.1:7701 /m), expect.stringMatching(/targets\.json: .*line \d+, column \d+.*the last good targets stay in force/)]);
    rig.env["VJ_OSC_TARGETS"] = "127.0.0.1:9";
    expect(await refused("add", "lamp", "port=7700")).toMatch(/VJ_OSC_TARGETS/);
  });
});

it("a rig that runs follows at once; test plays every address of the target, resend sends the states", async () => {
  await using rig = rigWithTargets("lamp");
  const seen = new Map<string, unknown[]>();
  await using receiver = await createReceiver();
  receiver.on("message", ({ address, args }) => seen.set(address, [...args]));
  await rig.run("up");
  await rig.run("target", "add", "wall", `port=${receiver.port}`, "shape=flat", "prefix=/wall");
  await waitFor("the lamp in the flat shape", () => seen.has("/wall/lamp/level/level"));
  const played = await rig.run("target", "test", "wall", "--seconds", "1");
  expect(played).toMatchObject({ code: 0, stdout: expect.stringContaining("\n/wall/lamp/level/level\n") });
  expect(JSON.parse((await rig.run("target", "list", "--json")).stdout)).toMatchObject({ flows: expect.arrayContaining([expect.objectContaining({ name: "wall", refused: false, sent: expect.any(Number) })]) });
  const none = await rig.run("target", "test", "wall", "--only", "/lamp/levle");
  expect(none).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^vj: \/lamp\/levle fits no address that target "wall" gets\n {2}it gets the flat shape/) });
  expect((await rig.run("target", "resend", "wall")).stdout).toMatch(/^2 states and list items sent/);
  await receiver.close();
  expect(await rig.run("target", "test", "wall", "--seconds", "1")).toMatchObject({ code: 1, stderr: expect.stringContaining("nobody listens") });
});

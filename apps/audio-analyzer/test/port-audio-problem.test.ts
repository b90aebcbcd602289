import { mkdirSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { installerOf } from "../src/capture/port-audio-facts.ts";
import { explainPortAudio } from "../src/capture/port-audio-problem.ts";
import type { Installer, PortAudioFacts } from "../src/capture/port-audio-problem.ts";

const notBuilt: PortAudioFacts = {
  code: "",
  message: "Could not locate the bindings file. Tried:\n → /x/build/naudiodon.node",
  platform: "linux",
  arch: "x64",
  nodeVersion: "v20.19.0",
  installer: "checkout",
  scriptBlocked: false,
  missingTools: [],
  headers: true,
};

const loading = (message: string): PortAudioFacts => ({ ...notBuilt, code: "ERR_DLOPEN_FAILED", message });

describe("the reason why naudiodon cannot be used", () => {
  it.each<[string, PortAudioFacts, RegExp, RegExp]>([
    ["no Python", { ...notBuilt, missingTools: ["Python 3"] }, /not built: there is no Python 3 here$/, /^install Python 3, then: npx -y pnpm@10 install$/],
    ["no tools at all", { ...notBuilt, missingTools: ["Python 3", "make", "C++ compiler"] }, /no Python 3, no make, no C\+\+ compiler/, /^install/],
    ["no headers", { ...notBuilt, headers: false }, /headers of Node are not here/, /nodejs\.org/],
    ["a blocked script", { ...notBuilt, scriptBlocked: true, installer: "pnpm" }, /did not run its build script/, /pnpm approve-builds .*pnpm install --force/],
    ["left out by npm", { ...notBuilt, code: "ERR_MODULE_NOT_FOUND", message: "Cannot find package", installer: "npm" }, /is not installed/, /npm install/],
    ["another Node", loading("The module was compiled against a different Node.js version using\nNODE_MODULE_VERSION 115"), /another version of Node than v20\.19\.0/, /build it again/],
    ["no ALSA", loading("libasound.so.2: cannot open shared object file"), /libasound\.so\.2\) is missing/, /libasound2/],
    ["another machine's build", loading("naudiodon.node: invalid ELF header"), /another kind of machine/, /build it again/],
    ["anything else", loading("some other library\nand more"), /^naudiodon cannot be loaded: some other library$/, /build it again/],
    ["ARM", { ...notBuilt, arch: "arm64", missingTools: ["make"] }, /no PortAudio for linux on arm64/, /let a program capture/],
    ["Apple Silicon", { ...notBuilt, platform: "darwin", arch: "arm64" }, /no PortAudio for darwin on arm64/, /let a program capture/],
  ])("%s", (_, facts, reason, fix) => {
    const problem = explainPortAudio(facts);
    expect(problem.reason).toMatch(reason);
    expect(problem.fix).toMatch(fix);
  });
});

describe("the installer of naudiodon", () => {
  it.each<[Installer, string, string?]>([
    ["checkout", "work/apps/audio-analyzer"],
    ["pnpm", "user/node_modules/.pnpm/naudiodon@2.3.6/node_modules/naudiodon"],
    ["pnpm global", "share/pnpm/global/5/node_modules/.pnpm/naudiodon@2.3.6/node_modules/naudiodon"],
    ["npm", "user/node_modules/naudiodon", "user/package.json"],
    ["npm global", "lib/node_modules/naudiodon"],
    ["npx", ".npm/_npx/12ab/node_modules/naudiodon"],
    ["bun", "user/node_modules/naudiodon", "user/bun.lock"],
    ["yarn", "user/node_modules/naudiodon", "user/yarn.lock"],
  ])("%s", async (installer, folder, file) => {
    await using dir = tempDir();
    mkdirSync(dir.join(folder), { recursive: true });
    if (file !== undefined) writeFileSync(dir.join(file), "{}");
    expect(installerOf(dir.join(folder), dir.join(folder, "x.js"))).toBe(installer);
  });
});

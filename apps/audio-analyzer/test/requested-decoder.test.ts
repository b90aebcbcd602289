import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { MissingDecoderError, openRequested, requestedPackages } from "../src/capture/decode/requested-decoder.ts";
import { fixture } from "./helpers/file-bytes.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const aac = "@audio/decode-aac";
const notThere = async (): Promise<never> => {
  throw Object.assign(new Error(`Cannot find package '${aac}'`), { code: "ERR_MODULE_NOT_FOUND" });
};

/** A decoder in the folder for decoders, whose codec decodes nothing. */
function installDecoder(dir: TempDir): void {
  const folder = dir.join("node_modules", aac);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: aac, type: "module", exports: { ".": "./index.js" } }));
  writeFileSync(path.join(folder, "index.js"), `export const decoder = async () => ({ decode: () => ({ channelData: [], sampleRate: 44100 }), free() {} });`);
}

describe("a decoder that is installed on request", () => {
  it("is named with the command that installs it, in a folder with blanks, too", async () => {
    await using dir = tempDir();
    const folder = dir.join("my decoders");
    const failure: unknown = await openRequested(aac, notThere, "AAC", folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MissingDecoderError);
    expect(failure).toMatchObject({ message: expect.stringMatching(/ or run npm install --prefix "[^"]+\/my decoders" @audio\/decode-aac@1 @audio\/decode-mp4@1$/) });
  });

  it("is found in its folder as soon as it is there", async () => {
    await using dir = tempDir();
    await expect(openRequested(aac, notThere, "AAC", dir.path)).rejects.toThrow(MissingDecoderError);
    installDecoder(dir);
    const codec = await openRequested(aac, notThere, "AAC", dir.path);
    expect(await codec.decode(new Uint8Array(1))).toEqual({ channelData: [], sampleRate: 44_100 });
  });

  it("that fails to load for another reason is not taken for missing", async () => {
    await using dir = tempDir();
    installDecoder(dir);
    const broken = async (): Promise<never> => {
      throw new SyntaxError("Unexpected token");
    };
    await expect(openRequested(aac, broken, "AAC", dir.path)).rejects.toThrow("Unexpected token");
  });

  it.each(["audio-analyzer", "cli"])("is asked for by @vj/%s in the version that the message names, and brought by nothing", (app) => {
    const words = z.record(z.string(), z.string()).default({});
    const manifest = z.object({ dependencies: words, optionalDependencies: words, peerDependencies: words, peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.literal(true) })) })
      .parse(JSON.parse(readFileSync(path.join(root, "apps", app, "package.json"), "utf8")));
    const catalog = readFileSync(path.join(root, "pnpm-workspace.yaml"), "utf8");
    expect(Object.keys(manifest.peerDependencies).map((name) => `${name}@${new RegExp(`"${name}": \\^(\\d+)`).exec(catalog)?.[1]}`)).toEqual(requestedPackages);
    expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(Object.keys(manifest.peerDependencies));
    expect(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter((name) => name in manifest.peerDependencies)).toEqual([]);
  });
});

/** Node 26 warns that `register` will go one day. */
const withoutWarning = "--disable-warning=DEP0205";

/** Decodes a fixture as a program without the decoders does. `ffmpeg`: the text of a program of that name; undefined: there is none. */
async function decodeWith(name: string, ffmpeg: string | undefined): Promise<{ stdout: string; command: readonly string[] }> {
  await using dir = tempDir();
  const hooks = `export async function resolve(name, context, next) {
    if (/decode-(?:aac|mp4)$/.test(name)) throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(name, context);
  }`;
  const program = `import { register } from "node:module";
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
    const { decodeFile } = await import(${JSON.stringify(path.join(root, "apps/audio-analyzer/dist/index.js"))});
    console.log(JSON.stringify(await decodeFile(process.argv[2]).then(({ samples, sampleRate }) => [samples.length, samples[0], sampleRate], (error) => error.message)));`;
  writeFileSync(dir.join("decode.mjs"), program);
  writeFileSync(dir.join(name), fixture(name));
  mkdirSync(dir.join("bin"));
  if (ffmpeg !== undefined) {
    writeFileSync(dir.join("bin/ffmpeg"), `#!${process.execPath}\nrequire("fs").writeFileSync(${JSON.stringify(dir.join("command.json"))}, JSON.stringify(process.argv.slice(2)));\n${ffmpeg}`);
    chmodSync(dir.join("bin/ffmpeg"), 0o755);
  }
  const { stdout, stderr } = spawnSync(process.execPath, [withoutWarning, dir.join("decode.mjs"), dir.join(name)], { encoding: "utf8", cwd: dir.path, env: { PATH: dir.join("bin"), VJ_DATA_DIR: dir.join("data") } });
  expect(stderr).toBe("");
  const command = ffmpeg === undefined ? [] : z.array(z.string()).parse(JSON.parse(readFileSync(dir.join("command.json"), "utf8")));
  return { stdout: stdout.replaceAll(dir.path, "<dir>"), command: command.map((word) => word.replaceAll(dir.path, "<dir>")) };
}

describe.each(["music.m4a", "music.aac"])("%s without its decoder", (name) => {
  it("is refused with the command that installs it", async () => {
    const { stdout } = await decodeWith(name, undefined);
    expect(stdout).toContain(`<dir>/${name} is ${name.endsWith("aac") ? "AAC" : "M4A or MP4"}, whose decoder has another licence (GPL)`);
    expect(stdout).toContain(String.raw`npm install --prefix \"<dir>/data/decoders\" @audio/decode-aac@1 @audio/decode-mp4@1"`);
  });

  it("is decoded by ffmpeg, whose pieces may end anywhere", async () => {
    const header = `const head = Buffer.alloc(28); head.write(".snd"); head.writeUInt32BE(28, 4); head.writeUInt32BE(0xffffffff, 8); head.writeUInt32BE(6, 12); head.writeUInt32BE(22050, 16); head.writeUInt32BE(2, 20);`;
    const { stdout, command } = await decodeWith(name, `${header} const data = Buffer.alloc(8 * 1000 + 5); for (let i = 0; i < 8000; i += 4) data.writeFloatBE(0.5, i);
      const all = Buffer.concat([head, data]); let at = 0; const next = () => { if (at < all.length) process.stdout.write(all.subarray(at, (at += 777)), () => setImmediate(next)); }; next();`);
    expect(JSON.parse(stdout)).toEqual([1000, 0.5, 22_050]);
    expect(command.slice(-8)).toEqual([`file:<dir>/${name}`, "-map", "0:a:0", "-c:a", "pcm_f32be", "-f", "au", "-"]);
  });
});

describe("ffmpeg in place of a decoder", () => {
  it.each([
    ["fails", `console.error("moov atom not found"); process.exitCode = 1;`, "cannot be decoded by ffmpeg: moov atom not found; copy it again"],
    ["gives no sound", "", "cannot be decoded by ffmpeg: it ended with 0"],
    ["gives something else", `console.log("hello".repeat(100))`, "cannot be decoded by ffmpeg: it ended with 0"],
  ])("refuses the file where it %s", async (_, program, message) => {
    expect((await decodeWith("music.m4a", program)).stdout).toContain(message);
  });
});

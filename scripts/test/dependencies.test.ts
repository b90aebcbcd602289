import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dependencyFile, dependencyPage } from "../packages/dependency-page.mjs";
import { bytesOf, installedWith, licenceOf } from "../packages/installed.mjs";
import { publishedPackages } from "../packages/workspace.mjs";

const root = path.resolve(import.meta.dirname, "../..");
/** Licences that ask for no more than their text and a notice; copyleft ones are not among them. */
const allowed = ["MIT/X11", "PSF-2.0", "Zlib", "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "ISC", "MIT", "MIT-0", "Python-2.0", "Unlicense"];
const fits = (licence: string): boolean => licence.replaceAll(/[()]/g, "").split(" OR ").some((one) => one.split(" AND ").every((part) => allowed.includes(part)));

/**
 * Foreign packages with copyleft that an installation of ours brings, and why it may: the LGPL lets anybody use them as they are, and these stay
 * packages of their own (`apart` in scripts/bundle), so that each can be replaced. None is under the GPL. Packages that say MIT and
 * contain such parts (`contained.mjs`) are here, too.
 */
const copyleft: Readonly<Record<string, string>> = {
  "codec-parser": "finds the frames of FLAC, Vorbis and Opus for their decoders",
  "@audio/decode-flac": "codec-parser in its file",
  "@audio/decode-vorbis": "codec-parser in its file",
  "mpg123-decoder": "libmpg123 as WebAssembly",
  "@audio/decode-mp3": "the same in its file",
};
/** Copyleft of what is in the checkout only: decoders that users install on request, and tools. The last one is MIT, in a file. */
const checkoutOnly = ["@audio/decode-aac", "@audio/decode-ac3", "@audio/decode-dts", "@audio/decode-eac3", "lightningcss", "spawndamnit"];
const isException = (name: string): boolean => [...checkoutOnly, "codec-parser"].some((one) => name === one || name.startsWith(`${one}-`));
const ofCopyleft = /General Public Licen|\b[AL]?GPL\b|Mozilla Public|Common Development and Distribution|Eclipse Public/i;
/** The texts of a package that speak of its licence. */
const termsOf = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?:licen[cs]e|copying|notice|readme)/i.test(entry.name))
    .map((entry) => readFileSync(path.join(folder, entry.name), "utf8")).join("\n");

/** Most foreign packages, and most of their bytes, where few are wanted. */
const limits: Readonly<Record<string, { packages: number; bytes: number }>> = {
  audio: { packages: 1, bytes: 50_000 },
  contract: { packages: 0, bytes: 0 },
  supervisor: { packages: 0, bytes: 0 },
  telemetry: { packages: 1, bytes: 100_000 },
};

describe("what the packages install", () => {
  it.each(Object.entries(limits))("is little for @vj/%s", (name, { packages, bytes }) => {
    const installed = installedWith(path.join(root, "packages", name));
    expect(installed.length).toBeLessThanOrEqual(packages);
    expect(installed.reduce((sum, { folder }) => sum + bytesOf(folder), 0)).toBeLessThanOrEqual(bytes);
  });

  it("finds what lies deeper, and tells optional ones", () => {
    const installed = installedWith(path.join(root, "apps/audio-analyzer"));
    expect(installed.filter(({ name }) => ["zod", "thread-stream", "naudiodon"].includes(name)).map(({ name, optional }) => [name, optional])).toEqual([["naudiodon", true], ["thread-stream", false], ["zod", false]]);
  });

  it.each(publishedPackages())("has no copyleft for $name, by its manifests and by their texts, but what is listed with a reason", ({ dir }) => {
    const found = installedWith(dir).filter(({ licence, folder }) => !fits(licence) || ofCopyleft.test(termsOf(folder)));
    expect(found.filter(({ name }) => !Object.hasOwn(copyleft, name)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  it("has a reason only for what is brought", () => {
    const brought = publishedPackages().flatMap(({ dir }) => installedWith(dir)).filter(({ licence }) => /\bLGPL-/.test(licence));
    expect(new Set(brought.map(({ name }) => name))).toEqual(new Set(Object.keys(copyleft)));
    const page = readFileSync(path.join(root, "docs/dependencies.md"), "utf8");
    expect(Object.keys(copyleft).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("recognises copyleft in a licence and in a text", () => {
    expect(["MIT", "(MIT OR GPL-3.0)", "MIT AND LGPL-2.1", "GPL-2.0", "MPL-2.0", "not named"].map(fits)).toEqual([true, true, false, false, false, false]);
    expect(["released under the GNU Lesser General Public License", "LGPL v3", "GPL-2.0", "MIT License, simple"].map((text) => ofCopyleft.test(text))).toEqual([true, true, true, false]);
  });

  it("is listed as it is", () => {
    expect(readFileSync(dependencyFile, "utf8"), "run node scripts/dependency-docs.mjs").toBe(dependencyPage());
  });
});

const manifestSchema = z.object({ name: z.string(), license: z.unknown().optional(), licenses: z.unknown().optional() });

it("has a licence of the allowed ones in every package of the checkout, tools included", () => {
  const store = path.join(root, "node_modules/.pnpm");
  const folders = readdirSync(store).flatMap((entry) => {
    const modules = path.join(store, entry, "node_modules");
    // The package itself has the name of the entry, up to its version; beside it lie links to what it needs.
    const name = /^(@[^+]+\+)?[^@]+/.exec(entry)?.[0].replace("+", "/") ?? entry;
    return existsSync(path.join(modules, name, "package.json")) ? [path.join(modules, name)] : [];
  });
  expect(folders.length).toBeGreaterThan(200);
  const found = folders.map((folder) => manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")))).map(({ name, license, licenses }) => ({ name, licence: licenceOf(license ?? licenses) }));
  expect(found.filter(({ name, licence }) => !fits(licence) && !isException(name)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});

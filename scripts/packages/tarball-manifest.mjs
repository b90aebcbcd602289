// Reads the package.json of a tarball without unpacking it.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** Bytes of a header of tar; contents begin at multiples of it. */
const block = 512;

const manifestSchema = z.object({ name: z.string(), version: z.string() });

/**
 * The name and version in a tarball.
 * @param {string} file
 * @returns {{ name: string, version: string }}
 * @throws Error with the reason in words when it is cut or damaged, or not the tarball of a package; system errors
 */
export function manifestOf(file) {
  const bytes = unzipped(file);
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0; ) {
    const name = textOf(bytes, at, 100);
    const size = Number.parseInt(textOf(bytes, at + 124, 12), 8);
    if (!Number.isInteger(size) || at + block + size > bytes.length) break;
    if (name === "package/package.json") return read(bytes.toString("utf8", at + block, at + block + size));
    at += block * (1 + Math.ceil(size / block));
  }
  throw new Error("is not the tarball of a package");
}

/** @param {string} file */
function unzipped(file) {
  const packed = readFileSync(file);
  try {
    return gunzipSync(packed);
  } catch (error) {
    throw new Error("is cut or damaged", { cause: error });
  }
}

/** @param {string} text */
function read(text) {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error("has a package.json without a name and a version", { cause: error });
  }
}

/** @param {Buffer} bytes @param {number} at @param {number} length */
const textOf = (bytes, at, length) => bytes.toString("utf8", at, at + length).split("\0", 1)[0] ?? "";

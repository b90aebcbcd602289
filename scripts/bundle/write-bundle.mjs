import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Parts of earlier builds are kept this long for programs that still run, ms. */
const keepMs = 24 * 60 * 60_000;

/**
 * Replaces a bundle while its programs may start: the parts are there before the programs that load them, and each file is complete at
 * any moment.
 * @param {string} dir
 * @param {import("rolldown").RolldownOutput["output"]} output
 * @param {string} notices
 */
export function writeBundle(dir, output, notices) {
  mkdirSync(dir, { recursive: true });
  /** @param {string} name @param {string | Uint8Array} content */
  const write = (name, content) => {
    writeFileSync(path.join(dir, `.${name}`), content);
    renameSync(path.join(dir, `.${name}`), path.join(dir, name));
  };
  const programs = output.filter((one) => one.type === "chunk" && one.isEntry);
  const parts = output.filter((one) => !programs.includes(one));
  for (const one of [...parts, ...programs]) write(one.fileName, one.type === "chunk" ? one.code : one.source);
  write("THIRD-PARTY.txt", notices);
  const written = new Set(["THIRD-PARTY.txt", ...output.map(({ fileName }) => fileName)]);
  for (const name of readdirSync(dir)) {
    const file = path.join(dir, name);
    if (!written.has(name) && Date.now() - statSync(file).mtimeMs > keepMs) rmSync(file);
  }
}

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { FileError } from "./file-error.ts";

/**
 * The version of the package that a module belongs to, from the nearest `package.json` above it.
 * @param moduleUrl `import.meta.url`
 * @throws FileError `no_package` when there is no such file, or it has no version; `not_json`.
 */
export function packageVersion(moduleUrl: string): string {
  const file = nearestManifest(path.dirname(fileURLToPath(moduleUrl)));
  const manifest = readManifest(file);
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  if (typeof version !== "string") throw new FileError("no_package", `${file} has no version: add one`);
  return version;
}

function readManifest(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new FileError("not_json", `${file} is not JSON: correct it`, { cause: error });
  }
}

function nearestManifest(dir: string): string {
  const file = path.join(dir, "package.json");
  if (existsSync(file)) return file;
  const parent = path.dirname(dir);
  if (parent === dir) throw new FileError("no_package", "this module does not belong to a package: there is no package.json above it");
  return nearestManifest(parent);
}

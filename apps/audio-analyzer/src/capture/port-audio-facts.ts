import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled, readBuildEnvironment } from "../environment.ts";
import type { Installer, PortAudioFacts } from "./port-audio-problem.ts";

/** Collects facts about this machine that explain why the native module could not be loaded. Never throws. */
export function gatherPortAudioFacts(error: unknown): PortAudioFacts {
  const here = fileURLToPath(import.meta.url);
  const folder = findModule();
  return {
    code: error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "",
    message: error instanceof Error ? error.message : String(error),
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.version,
    installer: installerOf(folder ?? here, here),
    scriptBlocked: folder !== undefined && isScriptBlocked(folder),
    missingTools: missingTools(),
    headers: hasHeaders(),
  };
}

/** Folder of the installed module; undefined when the package manager left it out. */
function findModule(): string | undefined {
  try {
    return realpathSync(path.dirname(createRequire(import.meta.url).resolve("naudiodon/package.json")));
  } catch {
    // npm leaves out an optional dependency whose build fails.
    return undefined;
  }
}

/**
 * The package manager that installed a module, from its place.
 * @param folder of the module, or of our package if the module is missing
 * @param here this file: outside of every `node_modules` in a checkout
 */
export function installerOf(folder: string, here: string): Installer {
  const parts = folder.split(path.sep);
  if (!here.split(path.sep).includes("node_modules")) return "checkout";
  if (parts.includes("_npx")) return "npx";
  const root = parts.slice(0, parts.indexOf("node_modules")).join(path.sep);
  if (/[\\/]pnpm[\\/]global[\\/]/.test(folder)) return "pnpm global";
  if (parts.includes(".pnpm") || existsSync(path.join(root, "pnpm-lock.yaml"))) return "pnpm";
  if (parts.includes(".bun") || existsSync(path.join(root, "bun.lock")) || existsSync(path.join(root, "bun.lockb"))) return "bun";
  if (existsSync(path.join(root, "yarn.lock"))) return "yarn";
  return existsSync(path.join(root, "package.json")) ? "npm" : "npm global";
}

/** pnpm records the build scripts that it ignored; bun the packages that it trusts. */
function isScriptBlocked(folder: string): boolean {
  const modules = folder.slice(0, folder.indexOf("node_modules") + "node_modules".length);
  const ignored = /ignoredBuilds[^]*?layoutVersion/.exec(read(path.join(modules, ".modules.yaml")))?.[0];
  if (ignored !== undefined) return /naudiodon|segfault-handler/.test(ignored);
  const root = path.dirname(modules);
  const isBun = existsSync(path.join(root, "bun.lock")) || existsSync(path.join(root, "bun.lockb"));
  return isBun && !/"trustedDependencies"[^\]]*"naudiodon"/.test(read(path.join(root, "package.json")));
}

function missingTools(): string[] {
  // On other systems the tools have other names and places; the build itself reports what is missing.
  if (process.platform !== "linux") return [];
  const { python } = readBuildEnvironment();
  return [
    ...(isInstalled("python3") || isInstalled("python") || python !== "" ? [] : ["Python 3"]),
    ...(isInstalled("make") ? [] : ["make"]),
    ...(isInstalled("g++") || isInstalled("c++") || isInstalled("clang++") ? [] : ["C++ compiler"]),
  ];
}

function hasHeaders(): boolean {
  const version = process.version.slice(1);
  const nodedir = readBuildEnvironment().nodedir || (/^nodedir=(.+)$/m.exec(read(path.join(homedir(), ".npmrc")))?.[1] ?? "").trim();
  const folders = [
    ...(nodedir === "" ? [] : [nodedir]),
    path.join(homedir(), ".cache/node-gyp", version),
    path.join(homedir(), "Library/Caches/node-gyp", version),
  ];
  return folders.some((folder) => existsSync(path.join(folder, "include/node/node_api.h")));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Missing: no information.
    return "";
  }
}

import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildResult } from "./rebuild.ts";

/** A checkout of the sources, which can be built. */
export interface Checkout {
  readonly root: string;
  /** The compiler's program. */
  readonly compiler: string;
  /** The program that bundles apps. */
  readonly bundler: string;
}

/** The checkout that contains this file; undefined when it was installed as a package. */
export function findCheckout(from = fileURLToPath(import.meta.url)): Checkout | undefined {
  for (let folder = path.dirname(realpathSync(from)); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (path.basename(folder) === "node_modules") return undefined;
    const compiler = path.join(folder, "node_modules", "typescript", "bin", "tsc");
    if (existsSync(path.join(folder, "pnpm-workspace.yaml")) && existsSync(compiler)) return { root: folder, compiler, bundler: path.join(folder, "scripts/bundle/main.mjs") };
  }
  return undefined;
}

/**
 * Builds outdated packages, 0.2 s when there are none, then bundles the programs of these apps, half a second each. One build per change
 * instead of a watching compiler: a process that ends on its own cannot be left over when this one dies, and its exit code gives the
 * result.
 * @param apps folders of the apps that the change reaches
 */
export async function build({ root, compiler, bundler }: Checkout, apps: readonly string[]): Promise<BuildResult> {
  const compiled = await run(root, [compiler, "-b", "--pretty", "false"]);
  return compiled.ok && apps.length > 0 ? run(root, [bundler, ...apps]) : compiled;
}

async function run(root: string, args: readonly string[]): Promise<BuildResult> {
  const { execa } = await import("execa");
  const result = await execa(process.execPath, args, { cwd: root, all: true, reject: false, stdin: "ignore" });
  return { ok: result.exitCode === 0, output: result.all };
}

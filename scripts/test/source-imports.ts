import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** One import of one source file. */
export interface SourceImport {
  /** The importing file, absolute. */
  readonly file: string;
  /** As it is written. */
  readonly specifier: string;
}

/** A workspace package, as its manifest and its sources say. */
export interface SourcePackage {
  /** Its folder from the root: `packages/schema`. */
  readonly folder: string;
  readonly name: string;
  /** What its sources may import at run time. */
  readonly declared: ReadonlySet<string>;
  readonly imports: readonly SourceImport[];
}

const statement = /(?:^|\n)\s*(?:import|export)\b[^;"']*?\bfrom\s*"([^"]+)"|(?:^|\n)\s*import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** What a source text imports, types too. Comments that look like imports count as well: they should not be there. */
export function importsIn(text: string): string[] {
  return Array.from(text.matchAll(statement), ([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "");
}

/** Every package and app of a workspace. @param root its folder */
export function readPackages(root: string): SourcePackage[] {
  return ["packages", "apps"].flatMap((top) =>
    readdirSync(path.join(root, top)).map((name) => {
      const folder = `${top}/${name}`;
      const manifest: { name: string; dependencies?: object; peerDependencies?: object; optionalDependencies?: object } = JSON.parse(
        readFileSync(path.join(root, folder, "package.json"), "utf8"),
      );
      const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = manifest;
      const declared = new Set(Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }));
      return { folder, name: manifest.name, declared, imports: sourceFiles(path.join(root, folder, "src")).flatMap(importsOf) };
    }),
  );
}

function importsOf(file: string): SourceImport[] {
  return importsIn(readFileSync(file, "utf8")).map((specifier) => ({ file, specifier }));
}

function sourceFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file)).map((file) => path.join(dir, file));
}

/**
 * Finds circles. @param arrows from each node to those that it imports
 * @returns one circle for each group of nodes that reach each other, as a way from a node back to itself
 */
export function circlesIn(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const walk = (node: string, way: readonly string[]): void => {
    const at = way.indexOf(node);
    if (at >= 0) circles.push([...way.slice(at), node]);
    if (at >= 0 || done.has(node)) return;
    for (const next of arrows.get(node) ?? []) walk(next, [...way, node]);
    done.add(node);
  };
  for (const node of arrows.keys()) walk(node, []);
  return circles;
}

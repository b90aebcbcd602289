// What `npm sbom` leaves out of the list that it makes.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { wholeLicence } from "./contained.mjs";
import { licenceOf } from "./installed.mjs";

const componentSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  licenses: z.array(z.looseObject({})).default([]),
  externalReferences: z.array(z.looseObject({ url: z.string() })).default([]),
});
const bomSchema = z.looseObject({ metadata: z.looseObject({ component: z.looseObject({}) }), components: z.array(componentSchema) });
const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.unknown().optional(), licenses: z.unknown().optional() });
/** @typedef {z.output<typeof bomSchema>} Bom */

/**
 * The list with a licence for each component, of what it contains, too; without the address of a registry on loopback, which says
 * nothing: name, version and hash identify a component.
 * @param {string} text of `npm sbom`
 * @param {object} options
 * @param {string} options.folder in which all is installed
 * @param {string} options.registry its address
 * @param {string} options.version of the whole
 * @returns {Bom}
 * @throws Error when a component names no licence
 */
export function completeBom(text, { folder, registry, version }) {
  const bom = bomSchema.parse(JSON.parse(text));
  const licences = new Map(manifestsIn(path.join(folder, "node_modules")).map((one) => [`${one.name}@${one.version}`, wholeLicence(one.name, licenceOf(one.license ?? one.licenses))]));
  for (const one of bom.components) {
    const licence = licences.get(`${one.name}@${one.version}`) ?? "not named";
    if (licence === "not named") throw new Error(`${one.name} ${one.version} names no licence: find out which it has, and whether it may be used`);
    if (one.licenses.length === 0) one.licenses = [{ license: { name: licence } }];
    else if (licence.includes(" AND ")) one.licenses = [{ expression: licence }];
    one.externalReferences = one.externalReferences.filter(({ url }) => !url.startsWith(registry));
  }
  const { component } = bom.metadata;
  // npm names the empty folder in which all was installed.
  Object.assign(component, { type: "application", name: "@vj/cli", version, purl: `pkg:npm/%40vj/cli@${version}` });
  return bom;
}

/** @param {string} modules a folder `node_modules` @returns {z.output<typeof manifestSchema>[]} of all packages in it, and in theirs */
function manifestsIn(modules) {
  const folders = entriesOf(modules).filter((name) => !name.startsWith(".")).flatMap((name) => (name.startsWith("@") ? entriesOf(path.join(modules, name)).map((inner) => path.join(modules, name, inner)) : [path.join(modules, name)]));
  return folders.flatMap((folder) => [manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"))), ...manifestsIn(path.join(folder, "node_modules"))]);
}

/** @param {string} folder @returns {string[]} the folders in it; none where it is not there */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

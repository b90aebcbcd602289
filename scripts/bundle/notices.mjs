import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/**
 * The licences of the packages from node_modules among these, as one text: they ask that it goes with every copy.
 * @param {readonly string[]} folders of packages
 */
export function noticesOf(folders) {
  const foreign = [...new Set(folders)].filter((folder) => folder.includes("/node_modules/"));
  const notices = foreign.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file === undefined ? "" : `\n\n${readFileSync(path.join(folder, file), "utf8").trim()}`;
    return `${name} ${version}, ${license}${text}\n`;
  });
  return `These programs contain parts of the following packages.\n\n${notices.toSorted().join(`\n${"-".repeat(80)}\n\n`)}`;
}

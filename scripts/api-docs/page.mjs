// One package as a page of Markdown.
import path from "node:path";
import { firstSentence, plain } from "./doc-comment.mjs";

/** @typedef {import("./exported.mjs").Exported} Exported */
/** @typedef {{ name: string, description: string, folder: string, entries: readonly { specifier: string, exported: readonly Exported[] }[] }} PackageApi */

/** @param {PackageApi} api @param {string} root the checkout @returns {string} */
export function page({ name, description, folder, entries }, root) {
  const anchors = createAnchors();
  const own = new Map(entries.flatMap(({ exported }) => exported).map((one) => [one, anchors(one.name)]));
  const links = new Map([...own].map(([one, anchor]) => [one.name, anchor]));
  const parts = entries.flatMap(({ specifier, exported }) => [
    `## ${specifier}`,
    table(["Name", "What"], exported.map((one) => [`[\`${one.name}\`](#${own.get(one)})`, cell(firstSentence(plain(one.doc, links)) || from(one))])),
    ...exported.flatMap((one) => section(one, root, links)),
  ]);
  return `${[
    `# Exports of ${name}`,
    `${description}. How to use it: [README](../../${folder}/README.md). This page is made from the doc comments of the sources by \`pnpm api-docs\`.`,
    ...parts,
  ].join("\n\n")}\n`;
}

/** Gives each heading the anchor that Markdown viewers give it: a repeated one is numbered. */
function createAnchors() {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return (/** @type {string} */ heading) => {
    const anchor = heading.toLowerCase();
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  };
}

/** @param {Exported} one @param {string} root @param {ReadonlyMap<string, string>} links names on this page, and their anchors */
function section(one, root, links) {
  if (one.from !== undefined) return [`### ${one.name}`, from(one)];
  const place = path.relative(root, one.file).split(path.sep).join("/");
  const { madeFrom } = one;
  const code = madeFrom === undefined || links.has(madeFrom.name) ? one.code : `${one.code}\n${madeFrom.code}`;
  return [`### ${one.name}`, ...[plain(one.doc, links)].filter((text) => text !== ""), `\`\`\`ts\n${code}\n\`\`\``, `[${place}](../../${place})`];
}

/** @param {Exported} one */
const from = ({ from: other }) => (other?.startsWith("@vj/") === true ? `From [${other}](${pageName(other)}).` : other === undefined ? "" : `From ${other}.`);

/** The file name of a package's page: `telemetry.md` of `@vj/telemetry`. @param {string} name */
export const pageName = (name) => `${name.split("/")[1] ?? name}.md`;

/** @param {string} text */
const cell = (text) => text.replaceAll("|", "\\|");

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

// Doc comments: where they are, and their text as Markdown.

/** The doc comment that ends before a place, with its stars. "" without one. @param {string} text @param {number} start */
export function docBefore(text, start) {
  const before = text.slice(0, start).trimEnd();
  if (!before.endsWith("*/")) return "";
  const begin = before.lastIndexOf("/*");
  return before.startsWith("/**", begin) ? before.slice(begin) : "";
}

/** The text of a doc comment as Markdown. @param {string} doc @param {ReadonlyMap<string, string>} links anchors of the names that can be linked */
export function plain(doc, links) {
  const lines = doc.replace(/^\/\*\*|\*\/$/g, "").split("\n").map((line) => line.replace(/^\s*\*? ?/, "").trimEnd());
  const text = lines.join("\n").trim()
    .replaceAll(/\{@link ([\w#.]+)(?: [^}]*)?\}/g, (_, target) => (links.has(target) ? `[\`${target}\`](#${links.get(target)})` : `\`${target}\``))
    .replaceAll(/(^|\s)@param (\[?[\w.]+\]?) ?/g, (_, _before, param) => `\n- \`${param}\`: `)
    .replaceAll(/(^|\s)@(returns|throws) ?(?:\{(\w+)\})? ?/g, (_, _before, tag, type) => `\n- ${tag}${type === undefined ? "" : ` \`${type}\``}: `)
    .replaceAll(/\s*@example\s+([\s\S]*?)(?=\n- |$)/g, (_, code) => `\n\n\`\`\`ts\n${code.trim()}\n\`\`\`\n`);
  return text.replace(/^- /m, "\n- ").replaceAll(/\n{3,}/g, "\n\n").trim();
}

/** Its first sentence, on one line, without its colon. @param {string} text */
export const firstSentence = (text) => (/^.*?[.:](?=\s|$)/s.exec(text.split(/\n\n|\n- /)[0] ?? "")?.[0] ?? text.split(/\n\n|\n- /)[0] ?? "").replaceAll("\n", " ").replace(/:$/, "");

// A declaration as its users see it: without bodies, without what is private.
import { docBefore } from "./doc-comment.mjs";

/** @typedef {import("./exported.mjs").Statement} Statement */
/** @typedef {{ name: string, kind: string, code: string }} Signature */
/** @typedef {Extract<Statement, { body: { type: "ClassBody" } }>} Class */
/** @typedef {Extract<Statement, { type: "VariableDeclaration" }>["declarations"][number]} Variable */

/** Longest value that is shown with its name, in lines. */
const longestValue = 30;

/** @param {string} text the source @param {Statement} node @returns {Signature[]} none for what declares nothing */
export function signatureOf(text, node) {
  const slice = (/** @type {number} */ start, /** @type {number} */ end) => text.slice(start, end).trim();
  switch (node.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return node.id === null ? [] : [{ name: node.id.name, kind: "function", code: `${slice(node.start, node.body?.start ?? node.end).replace(/^async |;$/g, "")};` }];
    case "ClassDeclaration":
      return node.id === null ? [] : [{ name: node.id.name, kind: "class", code: classCode(text, node) }];
    case "TSInterfaceDeclaration":
      return [{ name: node.id.name, kind: "interface", code: slice(node.start, node.end) }];
    case "TSTypeAliasDeclaration":
      return [{ name: node.id.name, kind: "type", code: slice(node.start, node.end) }];
    case "VariableDeclaration":
      return node.declarations.flatMap((one) => variable(text, one));
    default:
      return [];
  }
}

/** @param {string} text @param {Variable} declaration @returns {Signature[]} */
function variable(text, { id, init, end }) {
  if (id.type !== "Identifier") return [];
  const head = `const ${text.slice(id.start, id.typeAnnotation?.end ?? id.end)}`;
  if (init?.type === "ArrowFunctionExpression") {
    const code = id.typeAnnotation ? `${head};` : `${head} = ${text.slice(init.start, init.body.start).trim()} …;`;
    return [{ name: id.name, kind: "function", code }];
  }
  const value = init ? text.slice(init.start, end) : "";
  const lines = value.split("\n");
  if (lines.length <= longestValue) return [{ name: id.name, kind: "value", code: `${head} = ${value};` }];
  return [{ name: id.name, kind: "value", code: `${head} = ${lines.slice(0, longestValue).join("\n")}\n  // … ${lines.length - longestValue} lines more` }];
}

/** @param {string} text @param {Class} node */
function classCode(text, node) {
  const members = node.body.body.flatMap((member) => {
    if (!("key" in member) || member.key.type === "PrivateIdentifier" || ("accessibility" in member && member.accessibility === "private")) return [];
    const end = member.type === "PropertyDefinition" ? (member.typeAnnotation?.end ?? member.end) : member.type === "MethodDefinition" ? (member.value.body?.start ?? member.end) : member.end;
    const doc = docBefore(text, member.start);
    const code = `${text.slice(member.start, end).trim().replace(/^async /, "").replace(/;$/, "")};`;
    return [`${doc === "" ? "" : `  ${doc}\n`}  ${code}`];
  });
  return `${text.slice(node.start, node.body.start).trim()} {\n${members.join("\n")}\n}`;
}

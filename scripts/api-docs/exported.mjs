// What an entry file exports, in the order in which it is written there, followed to where it is declared.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseAst } from "rolldown/parseAst";
import { docBefore } from "./doc-comment.mjs";
import { signatureOf } from "./signature.mjs";

/**
 * One export: `code` is its declaration without bodies, `doc` the text of its doc comment ("" without one), `file` where it is declared.
 * One of another package has that package's name as `from`, and no code. A type that is made from a value of its file (a zod schema, a
 * list) has it as `madeFrom`.
 * @typedef {{ name: string, kind: string, file: string, doc: string, code: string, from?: string, madeFrom?: { name: string, code: string } }} Exported
 */

/** @typedef {ReturnType<typeof parseAst>["body"][number]} Statement */
/** @typedef {{ file: string, text: string, body: readonly Statement[] }} Source */

/** @type {Map<string, Source>} */
const sources = new Map();

/** @param {string} file absolute @returns {Source} */
function sourceOf(file) {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, "utf8");
  const source = { file, text, body: parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }).body };
  sources.set(file, source);
  return source;
}

/**
 * The exports of a file of TypeScript. What is exported twice is listed once.
 * @param {string} entry its absolute path
 * @returns {Exported[]}
 * @throws {Error} where an exported name is declared nowhere
 */
export function exportsOf(entry) {
  const source = sourceOf(entry);
  /** @type {Map<string, Exported>} */
  const found = new Map();
  for (const statement of source.body) for (const one of exportsOfStatement(source, statement)) found.set(one.name, merged(found.get(one.name), one));
  return [...found.values()];
}

/** Overloads are one export with several signatures. @param {Exported | undefined} first @param {Exported} next */
function merged(first, next) {
  if (first === undefined || first.file !== next.file) return first ?? next;
  return { ...first, doc: first.doc === "" ? next.doc : first.doc, code: first.kind === "function" ? `${first.code}\n${next.code}` : first.code };
}

/** @param {Source} source @param {Statement} statement @returns {Exported[]} */
function exportsOfStatement(source, statement) {
  if (statement.type === "ExportAllDeclaration") {
    const from = statement.source.value;
    if (from.startsWith(".")) return exportsOf(beside(source.file, from));
    return exportsOf(entryOf(from)).map(({ name }) => ({ name, kind: "re-export", file: source.file, doc: "", code: "", from }));
  }
  if (statement.type !== "ExportNamedDeclaration") return [];
  if (statement.declaration !== null && statement.declaration !== undefined) return declared(source, statement.declaration, statement.start);
  return statement.specifiers.flatMap(({ local, exported }) => {
    const [inner, name] = [textOf(local), textOf(exported)];
    const from = statement.source?.value ?? importedFrom(source, inner);
    if (from !== undefined && !from.startsWith(".")) return [{ name, kind: "re-export", file: source.file, doc: "", code: "", from }];
    const all = from === undefined ? source.body.flatMap((other) => locals(source, other)) : exportsOf(beside(source.file, from));
    const original = all.filter((one) => one.name === inner).reduce(merged, /** @type {Exported | undefined} */ (undefined));
    if (original === undefined) throw new Error(`${source.file} exports ${inner}, which is declared nowhere`);
    return [{ ...original, name }];
  });
}

/** Where a file has a name from, if it imports it. @param {Source} source @param {string} name */
function importedFrom({ body }, name) {
  return body.flatMap((one) => (one.type === "ImportDeclaration" && one.specifiers.some(({ local }) => local.name === name) ? [one.source.value] : []))[0];
}

/** What a statement declares for its own file. @param {Source} source @param {Statement} statement */
function locals(source, statement) {
  return statement.type === "ExportNamedDeclaration" && statement.declaration ? declared(source, statement.declaration, statement.start) : declared(source, statement, statement.start);
}

/** @param {Source} source @param {Statement} node @param {number} start where its doc comment ends @returns {Exported[]} */
function declared(source, node, start) {
  const doc = docBefore(source.text, start);
  return signatureOf(source.text, node).map(({ name, kind, code }) => ({ name, kind, file: source.file, doc, code, ...(kind === "type" ? madeFrom(source, code) : {}) }));
}

/** @param {Source} source @param {string} code of a type */
function madeFrom(source, code) {
  const name = /\btypeof (\w+)/.exec(code)?.[1];
  const found = source.body.flatMap((one) => signatureOf(source.text, one.type === "ExportNamedDeclaration" && one.declaration ? one.declaration : one)).find((one) => one.name === name);
  return name === undefined || found === undefined ? {} : { madeFrom: { name, code: found.code } };
}

/** The main source of a package of ours. @param {string} name */
const entryOf = (name) => path.resolve(import.meta.dirname, "../../packages", name.replace("@vj/", ""), "src/index.ts");

/** @param {string} file @param {string} specifier */
const beside = (file, specifier) => path.join(path.dirname(file), specifier);

/** @param {{ type: string, name?: string, value?: unknown }} node */
const textOf = (node) => node.name ?? String(node.value);

/**
 * One change of a source file: the text from `start` to `end` is replaced.
 * @typedef {{ readonly start: number, readonly end: number, readonly from: string, readonly to: string, readonly line: number }} Mutation
 */

/**
 * Patterns in code, and their replacements.
 * @type {readonly (readonly [RegExp, (match: string) => string])[]}
 */
const operators = [
  [/===/g, () => "!=="],
  [/!==/g, () => "==="],
  [/ <= /g, () => " < "],
  [/ >= /g, () => " > "],
  [/ < /g, () => " <= "],
  [/ > /g, () => " >= "],
  [/ && /g, () => " || "],
  [/ \|\| /g, () => " && "],
  [/ \?\? /g, () => " && "],
  [/ \+ /g, () => " - "],
  [/ - /g, () => " + "],
  [/ \* /g, () => " / "],
  [/ \+= /g, () => " -= "],
  [/\btrue\b/g, () => "false"],
  [/\bfalse\b/g, () => "true"],
  [/\bMath\.min\b/g, () => "Math.max"],
  [/\bMath\.max\b/g, () => "Math.min"],
  [/(?<=\bif \()(?=[^)])/g, () => "!"],
  // A separate statement: the call is removed.
  [/(?<=^ {2,})(?:void |await )?(?:this\.)?#?[a-z]\w*(?:\.\w+|\.#\w+)*\([^;{}]*\);$/gm, () => ";"],
];

/**
 * Every change to try in a source file. Comments, imports, texts and types in their own declarations are left alone, as
 * far as this can be seen line by line.
 * @param {string} source
 * @param {ReadonlySet<number>} [lines] only these, counted from 1
 * @returns {Mutation[]} in the order of the file
 */
export function mutationsOf(source, lines) {
  const code = blank(source);
  /** @type {Mutation[]} */
  const found = [];
  for (const [pattern, change] of operators) {
    for (const match of code.matchAll(pattern)) {
      const start = match.index;
      const line = source.slice(0, start).split("\n").length;
      if (lines !== undefined && !lines.has(line)) continue;
      found.push({ start, end: start + match[0].length, from: match[0].trim(), to: change(match[0]), line });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The source with comments and texts replaced by as many blanks. @param {string} source */
function blank(source) {
  const notCode = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|^(?:import|export) (?:type |\*|\{)[^\n]*$|^(?:export )?(?:interface|type) [\s\S]*?^[}\S][^\n]*$|"(?:[^"\\\n]|\\.)*"/gm;
  return source.replace(notCode, (text) => text.replace(/[^\n]/g, " "));
}

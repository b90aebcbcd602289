/** Blanks, a mark, a text, a number, a word, or a single other character. */
const token = /[\t\n\r ]+|[{}[\],:]|"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?(?![\w.])|\w+|[\s\S]/uy;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?$/;
const words: ReadonlySet<string> = new Set(["true", "false", "null"]);

type Expected = "value" | "key" | "colon" | "comma" | "nothing";

/**
 * What keeps a text from being JSON, and where: `line 3, column 14: a comma is missing before this`. Nothing longer than one character is
 * quoted, since the text may be secret.
 * @returns undefined when it is JSON
 */
export function jsonFault(text: string): string | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  /** After an opening bracket the closing one may follow at once; after a comma it may not. */
  let mayClose = false;
  let comma = 0;
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const [found = ""] = token.exec(text) ?? [];
    const [first = ""] = found;
    if (/^[\t\n\r ]/.test(found)) continue;
    const closes = found === "}" || found === "]";
    if (closes && open.at(-1) === (found === "}" ? "{" : "[") && (expected === "comma" || mayClose)) {
      open.pop();
      expected = open.length === 0 ? "nothing" : "comma";
    } else if (closes && comma > 0 && (expected === "value" || expected === "key")) return placed(text, comma - 1, `the comma before ${found} is one too many`);
    else if (expected === "value" && (found === "{" || found === "[")) {
      open.push(found);
      expected = found === "{" ? "key" : "value";
      mayClose = true;
      comma = 0;
      continue;
    } else if (expected === "value" && isValue(found)) expected = open.length === 0 ? "nothing" : "comma";
    else if (expected === "key" && isText(found)) expected = "colon";
    else if (expected === "colon" && found === ":") expected = "value";
    else if (expected === "comma" && found === ",") {
      expected = open.at(-1) === "{" ? "key" : "value";
      comma = at + 1;
      mayClose = false;
      continue;
    } else return placed(text, at, reason(found, first, expected));
    mayClose = false;
    comma = 0;
  }
  if (expected === "nothing") return undefined;
  return text.trim() === "" ? "it is empty" : placed(text, text.length, `it ends before its last ${open.at(-1) === "[" ? "]" : "}"}`);
}

const isText = (found: string): boolean => found.length > 1 && found.startsWith('"');
const isValue = (found: string): boolean => isText(found) || words.has(found) || number.test(found);

function reason(found: string, first: string, expected: Expected): string {
  if (first === "/") return "JSON has no comments";
  if (first === "'" || first === "“" || first === "”") return 'texts stand in straight double quotes: "…"';
  if (first === '"' && !isText(found)) return "a text without its closing quote, or with a line break or a \\ in it";
  if (expected === "nothing") return "something follows the end";
  if (expected === "comma") return "a comma is missing before this";
  if (expected === "colon") return "a colon is missing before this";
  if (expected === "key") return 'the name of a key in double quotes is missing: "name"';
  return /\w/.test(first) ? "a word that JSON does not have; texts stand in double quotes" : "a value is missing before this";
}

/** `line 3, column 14: what` for a place in a text. */
export function placed(text: string, at: number, what: string): string {
  const lines = text.slice(0, at).split(/\r\n|[\n\r]/);
  return `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}: ${what}`;
}

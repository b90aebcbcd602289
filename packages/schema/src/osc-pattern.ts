/**
 * Matches addresses with an OSC 1.0 pattern: `?` one character, `*` any within a part, `[a-z]` and `[!a-z]` one of them, `{a,b}` one
 * of the texts. A `*` at the very end reaches over all parts below, as subscriptions have it.
 * @throws Error when brackets do not close, or a range runs backwards.
 */
export function oscPattern(pattern: string): (address: string) => boolean {
  const parts = partsOf(pattern);
  try {
    const expression = new RegExp(`^${parts.join("")}$`, "u");
    return (address) => expression.test(address);
  } catch (error) {
    throw new Error(`"${pattern}" has a range in [] that runs backwards`, { cause: error });
  }
}

/** The beginning of a pattern that is the same in every address it matches. */
export function literalPrefix(pattern: string): string {
  return /^[^*?[{]*/.exec(pattern)?.[0] ?? "";
}

function partsOf(pattern: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at] ?? "";
    if (sign === "*") parts.push(at === pattern.length - 1 ? ".*" : "[^/]*");
    else if (sign === "?") parts.push("[^/]");
    else if (sign === "[" || sign === "{") {
      const end = pattern.indexOf(sign === "[" ? "]" : "}", at + 1);
      if (end < 0) throw new Error(`"${pattern}" opens ${sign} at character ${at + 1} and does not close it`);
      const inner = pattern.slice(at + 1, end);
      parts.push(sign === "[" ? characterClass(inner) : `(?:${inner.split(",").map(escape).join("|")})`);
      at = end;
    } else parts.push(escape(sign));
  }
  // Neighbouring stars match the same and would cost time.
  return parts.filter((part, index) => part !== "[^/]*" || parts[index - 1] !== "[^/]*");
}

function characterClass(inner: string): string {
  const negated = inner.startsWith("!");
  const signs = (negated ? inner.slice(1) : inner).replaceAll(/[\\\]^]/g, String.raw`\$&`);
  if (signs === "") return negated ? "[^/]" : "(?!)";
  return negated ? `[^/${signs}]` : `[${signs}]`;
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

// C0 and C1 controls, bidirectional overrides, zero-width and other invisible format characters: they could move the
// cursor, recolour a terminal, or disguise a line.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const lineBreaks = /[\t\n\r\v\f\u0085\u2028\u2029]+/g;

/** Start of an escape sequence: ESC, or a C1 control that stands for ESC and a second character. */
const opener = /[\u001b\u0090\u0098\u009b\u009d-\u009f]/g;
/** Possible end of an OSC, DCS, PM, APC or SOS sequence. */
const closer = /[\u0007\u001b\u009c]/g;
/** The second character of those sequences. */
const textSequences = "]PX^_";
const csi = /[0-?]*[ -/]*[@-~]/y;
const twoBytes = /[ -/]*[0-~]/y;

/**
 * Makes a foreign string (title, OSC text, log line) safe to show in a terminal on one line, in time proportional to its length.
 * Escape sequences, other controls and invisible characters are removed; tabs and line breaks become a space.
 * @param maxLength characters kept; a longer text ends in "…".
 */
export function sanitizeText(value: string, maxLength = 1000): string {
  const head = value.length > maxLength * 4 ? value.slice(0, maxLength * 4) : value;
  const clean = withoutEscapes(head).replace(lineBreaks, " ").replace(unsafe, "");
  const characters = Array.from(clean);
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join("")}…` : clean;
}

/** Only moves forward: each possible end of a sequence is looked for once, however many sequences begin before it. */
function withoutEscapes(text: string): string {
  let kept = "";
  let from = 0;
  let closedAt = -1;
  const closeOf = (at: number): number => {
    if (closedAt < at) closedAt = nextOf(closer, text, at);
    return closedAt;
  };
  for (let at = nextOf(opener, text, 0); at < text.length; at = nextOf(opener, text, Math.max(from, at + 1))) {
    const end = endOfSequence(text, at, closeOf);
    if (end === undefined) continue;
    kept += text.slice(from, at);
    from = end;
  }
  return kept + text.slice(from);
}

/** End of the sequence that begins at `at`; undefined when there is none. @param closeOf position of the next {@link closer} */
function endOfSequence(text: string, at: number, closeOf: (at: number) => number): number | undefined {
  const escaped = text[at] === "\u001b";
  const second = text[at + 1] ?? "";
  if (escaped ? second === "[" : text[at] === "\u009b") {
    const end = endOf(csi, text, escaped ? at + 2 : at + 1);
    if (end !== undefined) return end;
  } else if (escaped ? second !== "" && textSequences.includes(second) : true) {
    const close = closeOf(escaped ? at + 2 : at + 1);
    if (text[close] !== "\u001b") return Math.min(close + 1, text.length);
    if (text[close + 1] === "\\") return close + 2;
  }
  return escaped ? endOf(twoBytes, text, at + 1) : undefined;
}

/** Start of the next match; the length of the text when there is none. */
function nextOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** End of the match that begins exactly at `from`. */
function endOf(sticky: RegExp, text: string, from: number): number | undefined {
  sticky.lastIndex = from;
  return sticky.test(text) ? sticky.lastIndex : undefined;
}

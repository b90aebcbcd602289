/** The keys in a piece of terminal input. */
export interface ParsedKeys {
  /** Names of the keys in order: `q`, `up`, `ctrl+c`, `alt+x`; empty for a sequence of a key that is not used here. */
  readonly keys: readonly string[];
  /** The start of an escape sequence at the end of the input, whose rest may follow. */
  readonly rest: string;
}

/** CSI and SS3 sequences, then an escape before one character (alt), then any character. */
const pieces = /\u001b\[[0-?]*[ -/]*[@-~]|\u001bO[@-~]|\u001b[^\u001b]|[^]/gu;
const unfinished = /\u001b(?:\[[0-?]*[ -/]*|O)?$/;

/** By the last character of the sequence; modifiers are ignored. */
const letterKeys: Readonly<Record<string, string>> = {
  A: "up", B: "down", C: "right", D: "left", F: "end", H: "home", Z: "shift+tab",
};
/** By the number before `~`. Most terminals send 127 for backspace and `3~` for delete; both delete here. */
const numberKeys: Readonly<Record<string, string>> = {
  "1": "home", "3": "backspace", "4": "end", "5": "pageup", "6": "pagedown", "7": "home", "8": "end",
};
const controlKeys: Readonly<Record<string, string>> = {
  "\r": "return", "\n": "return", "\t": "tab", "\b": "backspace", "\u007f": "backspace", "\u001b": "escape",
};

/** Splits terminal input into keys. Pure. */
export function parseKeys(input: string): ParsedKeys {
  const rest = unfinished.exec(input)?.[0] ?? "";
  const whole = input.slice(0, input.length - rest.length);
  return { keys: Array.from(whole.matchAll(pieces), ([piece]) => keyName(piece)), rest };
}

function keyName(piece: string): string {
  if (piece.length > 1 && piece.startsWith("\u001b")) return sequenceName(piece.slice(1));
  const named = controlKeys[piece];
  if (named !== undefined) return named;
  const code = piece.codePointAt(0) ?? 0;
  if (code >= 0x20) return code >= 0x80 && code < 0xa0 ? "" : piece;
  return code >= 1 && code <= 26 ? `ctrl+${String.fromCharCode(code + 0x60)}` : "";
}

function sequenceName(sequence: string): string {
  const [, letter] = /^(?:\[[\d;]*|O)([A-Z])$/.exec(sequence) ?? [];
  if (letter !== undefined) return letterKeys[letter] ?? "";
  const [, number] = /^\[(\d+)(?:;\d+)?~$/.exec(sequence) ?? [];
  if (number !== undefined) return numberKeys[number] ?? "";
  return /^[[O]./u.test(sequence) ? "" : `alt+${sequence}`;
}

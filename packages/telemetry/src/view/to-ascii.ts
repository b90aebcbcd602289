import type { CheckedMessage } from "../encode/checked-message.ts";

/** Letters that no decomposition turns into ASCII, and the signs that titles have most. */
const folded: Readonly<Record<string, string>> = {
  ß: "ss", ẞ: "SS", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", đ: "d", Đ: "D", ð: "d", Ð: "D", þ: "th", Þ: "Th",
  ł: "l", Ł: "L", ħ: "h", Ħ: "H", ı: "i", ŋ: "n", Ŋ: "N", "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"',
  "»": '"', "‹": "'", "›": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": "...", "·": ".", "•": "*",
  "×": "x", "÷": "/", "€": "EUR", "£": "GBP", "©": "(c)", "®": "(R)", "™": "(TM)", "\u00A0": " ", "\u3000": " ",
};

/**
 * A text in ASCII, for receivers that read nothing else: accents are left out (é → e), known letters and signs replaced
 * (ß → ss, – → -), anything else becomes one `?` per run, so that a title in Japanese reads `?`.
 */
export function toAscii(text: string): string {
  return Array.from(text.normalize("NFKD"), (sign) => folded[sign] ?? sign)
    .join("")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[^\u0020-\u007E\t\n]+/gu, "?");
}

/** A message with its texts in ASCII. */
export function inAscii(message: CheckedMessage): CheckedMessage {
  if (message.definition.args.every(({ tag }) => tag !== "s")) return message;
  return { ...message, values: message.values.map((value) => (typeof value === "string" ? toAscii(value) : value)) };
}

// C0 and C1 controls, bidirectional overrides, zero-width and other invisible format characters: what could move the
// cursor, recolour a terminal, or make a line read differently from what it is.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const escapeSequence =
  // CSI, OSC/DCS/PM/APC/SOS strings (ended by BEL or ST), and two-byte escapes; ESC and the C1 forms.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]/g;

/**
 * Makes a foreign string (title, OSC text, log line) safe to show in a terminal on one line.
 * Escape sequences vanish, tabs and line breaks become a space, other controls and invisible characters vanish.
 * @param maxLength characters kept; a longer text ends in "…".
 */
export function sanitizeText(value: string, maxLength = 1000): string {
  const head = value.length > maxLength * 4 ? value.slice(0, maxLength * 4) : value;
  const clean = head
    .replace(escapeSequence, "")
    .replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, " ")
    .replace(unsafe, "");
  const characters = Array.from(clean);
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join("")}…` : clean;
}

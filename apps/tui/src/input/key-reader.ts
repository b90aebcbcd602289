import { readMouse } from "./mouse.ts";
import type { MouseInput } from "./mouse.ts";
import { parseKeys } from "./parse-keys.ts";
import { createReplyFilter } from "./terminal-replies.ts";

/** What a person did: pressed a key, used the mouse, or pasted a text (or typed faster than commands are typed). */
export type Input =
  | { readonly type: "key"; readonly key: string }
  /** At most {@link longestText} characters of it, as they came: control characters included. */
  | { readonly type: "text"; readonly text: string }
  | MouseInput;

/**
 * Turns terminal input into keys, and never a paste into commands. Pure: the caller gives the time (milliseconds, any origin).
 *
 * What counts as a key: one key alone in its piece of input (a `read` of the terminal). Keys that only look around may
 * share a piece when a busy moment joined them: the same navigation key again and again, or several with at most one
 * character among them (`2`, enter). Everything else is text: what stands between the marks of a bracketed paste, and,
 * where the terminal does not mark pastes, several keys in one piece. A paste may also come in several pieces, so a
 * character waits {@link holdMs} for others, needs {@link paceMs} of distance from the one before, and after a text
 * nothing counts until the input was quiet for {@link quietMs}. A key of small steps may be held down: once it counted, the
 * same key counts again as often as it comes, until anything else does. Answers of the terminal are left out.
 */
export interface KeyReader {
  /** @returns what is certain now */
  read(piece: string, now: number): Input[];
  /** When {@link settle} is to be called if no input comes before; undefined: nothing waits. */
  readonly dueAt: number | undefined;
  /** @returns what became certain because nothing else came */
  settle(now: number): Input[];
}

/** @param typing whether a text field is open: there no character is a command, so none has to wait */
export type Typing = () => boolean;

/** A character that may be a command waits this long for others, milliseconds: text that arrives faster was not typed. */
export const holdMs = 40;
/** Two characters closer together than this are text being written, not two commands. */
export const paceMs = 100;
/** After a text, keys count again when nothing came for this long. */
export const quietMs = 200;
/** How long the rest of an escape sequence is waited for; an escape that comes alone is the escape key. */
export const escapeMs = 50;
/** A paste whose end does not come is taken as ended when nothing came for this long. */
export const lostPasteMs = 5000;
/** Characters kept of a text. */
export const longestText = 4096;

const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";
/** Longer than any escape sequence a terminal sends for a key. */
const longestSequence = 64;

const navigation = new Set(["up", "down", "left", "right", "pageup", "pagedown", "home", "end", "j", "k", "backspace"]);
/** Keys that move something by a small step, there and back. */
const steps = new Set(["[", "]", "+", "=", "-", ".", ","]);
/** Keys that only look around: they need not wait. */
const harmless = new Set([
  ...[...navigation, "return", "escape", "tab", "shift+tab"],
  ...["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
]);

export function createKeyReader(typing: Typing): KeyReader {
  /** The text of a paste that has not ended. */
  let paste: string | undefined;
  let pasteLostAt = 0;
  /** The beginning of an escape sequence, or of the mark that ends a paste. */
  let pending = "";
  let pendingUntil = 0;
  /** A character that waits for others. */
  let held: { readonly key: string; readonly at: number } | undefined;
  /** The key of small steps that counted last, if nothing else came since. */
  let stepped: string | undefined;
  const replies = createReplyFilter();
  let quietUntil = -Infinity;
  let characterAt = -Infinity;

  const asText = (text: string, now: number): Input[] => {
    stepped = undefined;
    characterAt = now;
    quietUntil = now + quietMs;
    return text === "" ? [] : [{ type: "text", text: text.slice(0, longestText) }];
  };

  const takeHeld = (): string => {
    const key = held?.key ?? "";
    held = undefined;
    return key;
  };

  const readCharacter = (key: string, now: number): Input[] => {
    const distance = now - characterAt;
    characterAt = now;
    if (typing()) return [{ type: "key", key }];
    if (distance < paceMs) return [{ type: "text", text: key }];
    held = { key, at: now };
    return [];
  };

  /** A click counts as little as a key while a text comes. */
  const takeMouse = (inputs: readonly MouseInput[], now: number): Input[] => {
    const before: Input[] = held === undefined ? [] : [{ type: "key", key: takeHeld() }];
    const counts = now >= quietUntil && now - characterAt >= paceMs;
    return [...before, ...inputs.filter(({ act }) => counts || act !== "press")];
  };

  const readPlain = (piece: string, now: number): Input[] => {
    const again = stepped;
    stepped = undefined;
    const mouse = readMouse(piece);
    if (mouse !== undefined) {
      pending = mouse.rest;
      pendingUntil = now + escapeMs;
      return takeMouse(mouse.inputs, now);
    }
    const { keys, rest } = parseKeys(piece);
    const isSequence = rest.length <= longestSequence;
    pending = isSequence ? rest : "";
    pendingUntil = now + escapeMs;
    const whole = isSequence ? piece.slice(0, piece.length - rest.length) : piece;
    if (held !== undefined) return asText(takeHeld() + whole, now);
    if (whole === "") return [];
    const [first = ""] = keys;
    if (now < quietUntil) return asText(whole, now);
    if (!typing() && rest === "" && keys.every((key) => key === again)) {
      stepped = again;
      characterAt = now;
      return keys.map((key) => ({ type: "key", key }));
    }
    if (mayBeJoined(keys, typing())) return keys.map((key) => ({ type: "key", key }));
    if (keys.length !== 1 || rest !== "") return asText(whole, now);
    if (first === "") return [];
    if (isCharacter(first)) return readCharacter(first, now);
    characterAt = now;
    return [{ type: "key", key: first }];
  };

  const endPaste = (text: string, now: number): Input[] => {
    paste = undefined;
    pending = "";
    return asText(text, now);
  };

  const read = (piece: string, now: number): Input[] => {
    const inputs: Input[] = [];
    const whole = pending + piece;
    // In a paste all is text.
    let input = paste === undefined ? replies.withoutReplies(whole, now) : whole;
    pending = "";
    while (input !== "") {
      const mark = paste === undefined ? pasteStart : pasteEnd;
      const at = input.indexOf(mark);
      if (at < 0 && paste === undefined) {
        inputs.push(...readPlain(input, now));
        break;
      }
      if (at < 0) {
        pending = splitEnd(input);
        paste = (paste + input.slice(0, input.length - pending.length)).slice(0, longestText);
        pasteLostAt = now + lostPasteMs;
        break;
      }
      // A text can hold the mark that ends it: what follows the mark at once is text as well, see `quietUntil`.
      if (paste !== undefined) inputs.push(...endPaste(paste + input.slice(0, at), now));
      else {
        inputs.push(...asText(takeHeld() + input.slice(0, at), now));
        paste = "";
        pasteLostAt = now + lostPasteMs;
      }
      input = input.slice(at + mark.length);
    }
    return inputs;
  };

  return {
    read,
    get dueAt() {
      if (paste !== undefined) return pasteLostAt;
      if (held !== undefined) return held.at + holdMs;
      return pending === "" ? undefined : pendingUntil;
    },
    settle(now) {
      if (paste !== undefined) return now < pasteLostAt ? [] : endPaste(paste, now);
      if (held !== undefined && now >= held.at + holdMs) {
        const key = takeHeld();
        stepped = steps.has(key) ? key : undefined;
        return [{ type: "key", key }];
      }
      if (pending === "" || now < pendingUntil) return [];
      const alone = pending === "\u001b" && now >= quietUntil;
      pending = "";
      return alone ? [{ type: "key", key: "escape" }] : [];
    },
  };
}

function mayBeJoined(keys: readonly string[], inTextField: boolean): boolean {
  const [first = ""] = keys;
  if (first === "") return false;
  if (navigation.has(first) && keys.every((key) => key === first)) return true;
  return !inTextField && keys.every((key) => harmless.has(key)) && keys.filter(isCharacter).length <= 1;
}

function isCharacter(key: string): boolean {
  return Array.from(key).length === 1;
}

/** The longest end of a piece that the mark of a paste's end may begin with. */
function splitEnd(piece: string): string {
  const from = piece.lastIndexOf("\u001b");
  const end = from < 0 ? "" : piece.slice(from);
  return end.length < pasteEnd.length && pasteEnd.startsWith(end) ? end : "";
}

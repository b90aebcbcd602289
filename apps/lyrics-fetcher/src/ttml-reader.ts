import sax from "sax";
import type { Piece } from "./lrc-words.ts";
import { ttmlRates, ttmlSeconds } from "./ttml-time.ts";
import type { TtmlRates } from "./ttml-time.ts";

/** One `p` of a document. */
export interface TtmlLine {
  /** Seconds. */
  readonly time: number;
  /** Seconds; undefined when it is not said. */
  readonly end: number | undefined;
  /** Its text, parted where a time is said; a part without text ends the one before. */
  readonly parts: readonly Piece[];
  readonly translation: string;
}

/** What the text of an element is. */
type Role = "sung" | "translation" | "left out";

interface Element {
  readonly name: string;
  readonly role: Role;
  /** Absolute, seconds; that of the element around it when it says none. */
  readonly begin: number;
  readonly end: number | undefined;
  readonly timed: boolean;
}

interface OpenLine {
  time: number | undefined;
  parts: Piece[];
  translation: string;
}

/** A document that is deeper is an attack, not a song. */
const deepest = 32;
const mostLines = 5000;
const leftOut = new Set(["head", "metadata", "styling", "layout"]);

/**
 * The lines of a document. Entities that it declares are not known, so that none can unfold; where it cannot be read, or is deeper than
 * any song, it ends.
 */
export function readTtml(xml: string): TtmlLine[] {
  const lines: TtmlLine[] = [];
  const parser = sax.parser(true);
  const stack: Element[] = [{ name: "", role: "left out", begin: 0, end: undefined, timed: false }];
  let rates: TtmlRates = { frames: 30, ticks: 1 };
  let line: OpenLine | undefined;

  const onText = (text: string): void => add(line, stack.at(-1)?.role ?? "left out", text);
  const handlers: Pick<sax.SAXParser, "onopentag" | "ontext" | "oncdata" | "onclosetag" | "onerror"> = {
    onopentag({ name, attributes }) {
      const around = stack.at(-1);
      if (around === undefined || stack.length > deepest || lines.length >= mostLines) throw new Error("too deep, or too long");
      const attribute = attributesOf(attributes);
      const local = localName(name);
      if (local === "tt") rates = ttmlRates(attribute);
      const element = elementOf(local, around, attribute, rates);
      stack.push(element);
      if (local === "p") line = { time: element.timed ? element.begin : undefined, parts: [{ time: element.begin, raw: "" }], translation: "" };
      else if (local === "br") add(line, element.role, " ");
      else if (element.timed && element.role === "sung") beginPart(line, element.begin);
    },
    ontext: onText,
    oncdata: onText,
    onclosetag() {
      const element = stack.pop();
      if (element?.name === "p" && line !== undefined) {
        if (line.time !== undefined) lines.push({ time: line.time, end: element.end, parts: line.parts, translation: line.translation });
        line = undefined;
      } else if (element?.timed === true && element.role === "sung" && element.end !== undefined) line?.parts.push({ time: element.end, raw: "" });
    },
    onerror(error) {
      throw error;
    },
  };
  Object.assign(parser, handlers);
  try {
    parser.write(xml.replace(/^\uFEFF/, "").trimStart()).close();
  } catch {
    // What was read so far is as good as it was.
  }
  return lines;
}

function elementOf(name: string, around: Element, attribute: (name: string) => string | undefined, rates: TtmlRates): Element {
  const time = (attributeName: string): number | undefined => {
    const text = attribute(attributeName);
    return text === undefined ? undefined : ttmlSeconds(text, rates);
  };
  const [begin, lasts] = [time("begin"), time("dur")];
  const from = begin === undefined ? around.begin : after(begin, around.begin);
  const end = time("end");
  const to = end === undefined ? (lasts === undefined ? undefined : from + lasts) : after(end, from === begin ? 0 : around.begin);
  return { name, role: roleOf(name, around, attribute("role") ?? ""), begin: from, end: to, timed: begin !== undefined };
}

/**
 * Times count from the beginning of the element around. Many documents count them from the beginning of the song instead: such times lie
 * after the beginning of that element.
 */
function after(time: number, around: number): number {
  return time < around ? time + around : time;
}

function roleOf(name: string, around: Element, said: string): Role {
  if (name === "body") return "sung";
  if (leftOut.has(name) || said === "x-bg" || said === "x-roman") return "left out";
  return said === "x-translation" && around.role === "sung" ? "translation" : around.role;
}

function beginPart(line: OpenLine | undefined, time: number): void {
  if (line === undefined) return;
  line.time ??= time;
  const last = line.parts.at(-1);
  // The word before ends where this one begins, whatever was said.
  if (last !== undefined && last.raw.trim() === "" && last.time > time) last.time = time;
  line.parts.push({ time, raw: "" });
}

function add(line: OpenLine | undefined, role: Role, text: string): void {
  if (line === undefined) return;
  const last = line.parts.at(-1);
  if (role === "translation") line.translation += text;
  else if (role === "sung" && last !== undefined) last.raw += text;
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1).toLowerCase();
}

function attributesOf(attributes: Readonly<Record<string, unknown>>): (name: string) => string | undefined {
  const found = new Map(Object.entries(attributes).map(([name, value]) => [name.slice(name.lastIndexOf(":") + 1), value]));
  return (name) => {
    const value = found.get(name);
    return typeof value === "string" ? value : undefined;
  };
}

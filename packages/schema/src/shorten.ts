import { limits } from "@vj/contract";

/** Cuts a text that goes into a reply or an error. @param max characters kept; a longer text ends in "…". */
export function shorten(text: string, max: number = limits.textCharacters): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  // Do not keep half of a surrogate pair.
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`;
}

import { jsonFault } from "./json-fault.ts";
import { repeatedKey } from "./repeated-key.ts";

/** The value of a JSON text, or what is wrong with it, and where: `it is not JSON: line 3, column 14: a comma is missing before this`. */
export type ReadJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: string };

/** Reads JSON that a person may have written: a key that stands twice is a fault. Nothing longer than one character is quoted: the text may be secret. */
export function readJson(text: string): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const fault = jsonFault(text);
    return { ok: false, fault: fault === undefined ? "it is not JSON" : `it is not JSON: ${fault}` };
  }
  const fault = repeatedKey(text);
  return fault === undefined ? { ok: true, value } : { ok: false, fault };
}

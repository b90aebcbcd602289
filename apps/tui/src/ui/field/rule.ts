import { isFields } from "@vj/rig";
import type { Fields } from "@vj/rig";

/** A JSON Schema that stands for itself, and whether null fits too. */
export interface ResolvedRule {
  readonly rule: Fields;
  readonly nullable: boolean;
}

/** References and alternatives inside each other are followed this deep: a stranger's schema may refer to itself. */
const deepest = 8;

/**
 * Resolves what a schema is made of: `$ref` inside the same document, `allOf`, and alternatives of which one is null or all
 * are constants. Anything else stays as it is. Pure. @param root the document that references point into
 */
export function resolveRule(rule: Fields, root: Fields, depth = 0): ResolvedRule {
  if (depth > deepest) return { rule, nullable: false };
  const { $ref, allOf, anyOf, oneOf, ...own } = rule;
  const parts = [referred($ref, root), ...(Array.isArray(allOf) ? allOf : [])].filter(isFields).map((part) => resolveRule(part, root, depth + 1));
  const merged = [...parts.map((part) => part.rule), own].reduce<Fields>((all, part) => ({ ...all, ...part }), {});
  const nullable = parts.some((part) => part.nullable);
  const alternatives = Array.isArray(anyOf) ? anyOf : oneOf;
  const chosen = Array.isArray(alternatives) ? choose(merged, alternatives.filter(isFields), root, depth) : { rule: merged, nullable: false };
  const typed = withOneType(withEnum(chosen.rule));
  return { rule: typed.rule, nullable: nullable || chosen.nullable || typed.nullable };
}

function choose(own: Fields, alternatives: readonly Fields[], root: Fields, depth: number): ResolvedRule {
  const given = alternatives.filter(({ type }) => type !== "null");
  const nullable = given.length < alternatives.length;
  const resolved = given.map((alternative) => resolveRule(alternative, root, depth + 1));
  const [only] = resolved;
  if (only !== undefined && resolved.length === 1) return { rule: { ...only.rule, ...own }, nullable: nullable || only.nullable };
  const choices = resolved.map(({ rule }) => rule["enum"]);
  return choices.length > 0 && choices.every(Array.isArray) ? { rule: { ...own, enum: choices.flat() }, nullable } : { rule: own, nullable };
}

function withEnum(rule: Fields): Fields {
  return "const" in rule && !("enum" in rule) ? { ...rule, enum: [rule["const"]] } : rule;
}

function withOneType(rule: Fields): ResolvedRule {
  const { type } = rule;
  const nullable = Array.isArray(rule["enum"]) && rule["enum"].includes(null);
  if (!Array.isArray(type)) return { rule, nullable };
  const others = type.filter((name) => name !== "null");
  return { rule: { ...rule, type: others.length === 1 ? others[0] : undefined }, nullable: nullable || others.length < type.length };
}

/** What `#/$defs/name` points at; undefined for anything that is not there. */
function referred(ref: unknown, root: Fields): unknown {
  if (typeof ref !== "string" || !ref.startsWith("#")) return undefined;
  let at: unknown = root;
  for (const part of ref.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    at = isFields(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** Whether a mark is set, however it is written: `noEffect`, `x-no-effect`, `no_effect`. @param name in small letters, without signs */
export function hasMark(rule: Fields, name: string): boolean {
  return Object.entries(rule).some(([key, value]) => value === true && key.toLowerCase().replace(/^x-/, "").replace(/[-_]/g, "") === name);
}

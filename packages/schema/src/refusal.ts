import { z } from "zod";
import { limits } from "./limits.ts";
import type { Reply } from "./reply.ts";
import { shorten } from "./shorten.ts";

/**
 * Why a command was not carried out, for programs and forms:
 * `unknown_command` · `bad_arguments` they do not fit, see the issues · `refused` they fit, but not now or not here ·
 * `failed` it was tried · `busy` try again later · `unavailable` what it needs is away · `cancelled` nobody waits for it.
 */
export const refusalCodes = ["unknown_command", "bad_arguments", "refused", "failed", "busy", "unavailable", "cancelled"] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What is wrong with one field. */
export interface Issue {
  /** The field, with dots into objects and lists: `targets.0.port`. */
  readonly path: string;
  readonly message: string;
}

/** The `data` of every refusal. */
export const refusalSchema = z.object({
  code: z.enum(refusalCodes),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** A reply that refuses. @param message for a person: why, and what to do. @param issues the fields at fault */
export function refuse(message: string, code: RefusalCode, issues: readonly Issue[] = []): Reply {
  return { success: false, message, data: { code, ...(issues.length === 0 ? {} : { issues }) } };
}

/** Why a reply refuses; undefined when it does not, or does not say. */
export function refusalOf({ success, data }: Reply): Refusal | undefined {
  return success ? undefined : refusalSchema.safeParse(data).data;
}

/** The `data` of a refusal with a code in any case: `refused`, where whoever refused named none. */
export function withCode(data: Record<string, unknown> | null): Record<string, unknown> {
  return refusalSchema.shape.code.safeParse(data?.["code"]).success ? { ...data } : { ...data, code: "refused" satisfies RefusalCode };
}

/** Longest name or text of one issue, in characters. */
const longestIssue = 200;

/** The faults that validation found, field by field: at most {@link limits.namedFaults}, each of bounded length. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.slice(0, limits.namedFaults).map(({ path, message }) => ({
    path: shorten(path.map(String).join("."), longestIssue),
    message: shorten(message, longestIssue),
  }));
}

/**
 * The same as one line: "poll_interval: expected number, received string". The first faults are named and the rest counted.
 */
export function explainIssues(error: z.ZodError): string {
  const named = issuesOf(error).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  const more = error.issues.length - named.length;
  return more > 0 ? `${named.join("; ")}; and ${more} more` : named.join("; ");
}

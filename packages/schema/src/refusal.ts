import { z } from "zod";
import { limits } from "@vj/contract";
import type { Reply } from "@vj/contract";
import { shorten } from "./shorten.ts";

/**
 * Why a command was not carried out, for programs and forms: `unknown_command` · `bad_arguments` the arguments are
 * invalid, see the issues · `refused` the arguments are valid, but not now or not here · `failed` it was tried without
 * success · `busy` try again later · `unavailable` something it needs is away · `cancelled` the caller no longer waits
 * for it.
 */
export const refusalCodes = ["unknown_command", "bad_arguments", "refused", "failed", "busy", "unavailable", "cancelled"] as const;
/** Why a command was refused, for programs. */
export type RefusalCode = (typeof refusalCodes)[number];

/** The fault of one field. */
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
/** The `data` of a refused command: the code, and the fault of each field. */
export type Refusal = z.infer<typeof refusalSchema>;

/** A refusing reply. @param message for a person: the reason, and the next step. @param issues the fields at fault */
export function refuse(message: string, code: RefusalCode, issues: readonly Issue[] = []): Reply {
  return { success: false, message, data: { code, ...(issues.length === 0 ? {} : { issues }) } };
}

/** The refusal in a reply; undefined when the reply does not refuse, or gives no code. */
export function refusalOf({ success, data }: Reply): Refusal | undefined {
  return success ? undefined : refusalSchema.safeParse(data).data;
}

/** The `data` of a refusal, always with a code: `refused` where the sender gave none. */
export function withCode(data: Record<string, unknown> | null): Record<string, unknown> {
  return refusalSchema.shape.code.safeParse(data?.["code"]).success ? { ...data } : { ...data, code: "refused" satisfies RefusalCode };
}

/** Longest name or text of one issue, in characters. */
const longestIssue = 200;

/** Validation faults by field: at most {@link limits.namedFaults}, each of bounded length. */
export function issuesOf(error: z.ZodError): Issue[] {
  return withoutEchoes(error).slice(0, limits.namedFaults).map((issue) => ({
    path: shorten(pathOf(issue), longestIssue),
    message: shorten(isListMissing(issue) ? missingList : issue.message, longestIssue),
  }));
}

function pathOf({ path }: z.core.$ZodIssue): string {
  return path.map(String).join(".");
}

/** Where a list is missing, what zod finds besides in the value that is there instead says nothing: "too big: 5 characters". */
function withoutEchoes({ issues }: z.ZodError): z.core.$ZodIssue[] {
  const missing = new Set(issues.filter(isListMissing).map(pathOf));
  return issues.filter((issue) => isListMissing(issue) || !missing.has(pathOf(issue)));
}

const missingList = `give a list, for example '["one","two"]'`;

function isListMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.expected === "array";
}

/**
 * The same faults in one line: "poll_interval: expected number, received string". The first ones are named and the others
 * counted.
 */
export function explainIssues(error: z.ZodError): string {
  const named = issuesOf(error).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  const more = withoutEchoes(error).length - named.length;
  return more > 0 ? `${named.join("; ")}; and ${more} more` : named.join("; ");
}

import type { Reply } from "@vj/schema";

/** A command was carried out. */
export function ok(message: string | null = null, data: Record<string, unknown> | null = null): Reply {
  return { success: true, message, data };
}

/** A command was refused; `message` says why and what to do. */
export function failed(message: string, data: Record<string, unknown> | null = null): Reply {
  return { success: false, message, data };
}

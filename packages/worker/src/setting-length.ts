import { limits } from "@vj/schema";

/** Faults of the settings that are too long, by key; empty when there are none. */
export function tooLong(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const { settingCharacters } = limits;
  const long = Object.entries(settings).filter(([, value]) => longestText(value) > settingCharacters);
  return Object.fromEntries(long.map(([key]) => [key, `longer than ${settingCharacters} characters`]));
}

function longestText(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((most, [key, part]) => Math.max(most, key.length, longestText(part)), 0);
}

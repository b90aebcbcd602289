/** The form in which lines are compared: lower case, letters and digits of any script, single blanks. */
export function normalizeLine(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Whether each line belongs to the refrain: its words occur at least twice. */
export function refrainLines(texts: readonly string[]): boolean[] {
  const normalized = texts.map(normalizeLine);
  const counts = new Map<string, number>();
  for (const line of normalized) counts.set(line, (counts.get(line) ?? 0) + 1);
  return normalized.map((line) => line !== "" && (counts.get(line) ?? 0) >= 2);
}

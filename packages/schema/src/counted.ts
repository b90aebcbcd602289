/** A number with its noun, for a person: `counted(1, "target")` is "1 target", `counted(2, "target")` "2 targets". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

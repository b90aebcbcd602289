/** The shortest text that gives the same float32: further digits of the number come from its conversion to 64 bits. */
export function floatText(value: number): string {
  for (let digits = 6; digits <= 9 && Number.isFinite(value); digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

/** The type tags of a message, one for each argument: brackets of arrays have none. */
export function argumentTags(tags: string): string {
  return tags.replace(/[[\]]/g, "");
}

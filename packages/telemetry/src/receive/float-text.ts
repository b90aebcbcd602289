/** The shortest text that gives the same float32: further digits of the number come from its conversion to 64 bits. */
export function floatText(value: number): string {
  for (let digits = 6; digits <= 9 && Number.isFinite(value); digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

/** The tags that were last asked for, and those of them that have an argument: one message may have 65,000, asked for one by one. */
let last = { tags: "", ofArguments: "" };

/** The arguments of a message beside their type tags: brackets of arrays have no argument. */
export function tagOf(tags: string, index: number): string {
  if (tags !== last.tags) last = { tags, ofArguments: tags.replace(/[[\]]/g, "") };
  return last.ofArguments[index] ?? "";
}

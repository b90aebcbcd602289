/** A word as it is typed into a shell: in quotes where it has blanks or signs that the shell would read. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

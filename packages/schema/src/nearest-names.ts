/** Largest number of names compared: a folder may contain any number. */
const mostCompared = 5000;

/** Longest name compared, in characters. */
const longestCompared = 80;

/** The most similar names, best first: equal beginnings and few differing letters. */
export function nearestNames(wanted: string, names: readonly string[], most = 3): string[] {
  const target = wanted.toLowerCase().slice(0, longestCompared);
  const allowed = Math.max(2, Math.ceil(target.length / 3));
  return names
    .slice(0, mostCompared)
    .filter((name) => name.length <= longestCompared)
    .map((name) => ({ name, distance: distanceTo(target, name.toLowerCase(), allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * Number of differing letters; a name that continues after the end of the target differs by one. Values above `limit` are
 * returned as `limit + 1`.
 */
function distanceTo(target: string, name: string, limit: number): number {
  if (target.length > 2 && name.startsWith(target)) return 1;
  if (Math.abs(target.length - name.length) > limit) return limit + 1;
  let row = Array.from({ length: name.length + 1 }, (_, i) => i);
  for (let i = 1; i <= target.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= name.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (target[i - 1] === name[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[name.length] ?? 0;
}

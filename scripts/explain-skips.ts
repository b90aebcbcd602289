import type { MissingCapability } from "@vj/test-kit";

/** A test that did not run: the metadata from `needs`, or the note passed to `skip`. */
export interface Skip {
  readonly meta: object;
  readonly note: string | undefined;
}

/**
 * One line of reasons, the most frequent first, and one with the command that installs the missing programs:
 * `34 skipped: no pulseaudio (22), no sox (4) …`. A test that misses several things counts under the first of them.
 */
export function explainSkips(skips: readonly Skip[]): string {
  const counts = new Map<string, number>();
  const packages = new Set<string>();
  for (const { meta, note } of skips) {
    const missing = missingOf(meta);
    const [first] = missing;
    const reason = first === undefined ? (note ?? "no reason given") : `no ${first.label}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
    for (const name of missing.flatMap((one) => one.aptPackages)) packages.add(name);
  }
  const reasons = [...counts].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${reason} (${count})`);
  const line = `${skips.length} skipped: ${reasons.join(", ")}`;
  return packages.size === 0 ? line : `${line}\n\`apt-get install ${[...packages].sort().join(" ")}\` brings what is missing`;
}

function missingOf(meta: object): readonly MissingCapability[] {
  return "missing" in meta && Array.isArray(meta.missing) ? meta.missing : [];
}

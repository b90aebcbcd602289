/**
 * Most kilobytes of each tarball: a seventh more than it had when its line was written, so that growth is noticed and decided. What an app
 * imports is in its tarball; `@vj/audio` has the weights of two beat models, one of the bar and one of the sections, `@vj/cli` all apps.
 * @type {Readonly<Record<string, number>>}
 */
export const tarballLimits = {
  "@vj/audio": 1235,
  "@vj/audio-analyzer": 1520,
  "@vj/cli": 2045,
  "@vj/contract": 50,
  "@vj/control": 115,
  "@vj/desktop-monitor": 340,
  "@vj/discovery": 15,
  "@vj/files": 40,
  "@vj/http": 15,
  "@vj/link": 50,
  "@vj/logs": 35,
  "@vj/lyrics-fetcher": 700,
  "@vj/now-playing": 260,
  "@vj/osc-debugger": 280,
  "@vj/playback": 50,
  "@vj/process-manager": 300,
  "@vj/recorder": 300,
  "@vj/recording": 75,
  "@vj/rig": 80,
  "@vj/schema": 70,
  "@vj/spotify-monitor": 280,
  "@vj/supervisor": 30,
  "@vj/sync-bridge": 500,
  "@vj/telemetry": 140,
  "@vj/terminal": 15,
  "@vj/tui": 1050,
  "@vj/virtualdj-monitor": 300,
  "@vj/worker": 160,
  "@vj/zeroconf": 35,
};

/**
 * Most bytes of the tarball of a package.
 * @param {{ readonly name: string }} one
 * @throws Error when it has no line
 */
export function sizeLimit({ name }) {
  const limit = tarballLimits[name];
  if (limit === undefined) throw new Error(`${name} has no line in scripts/packages/tarball-limits.mjs: add one`);
  return limit * 1000;
}

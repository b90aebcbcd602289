import path from "node:path";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/**
 * Test files that take 15 s and more on two cores, longest first. Most of that time they wait. Vitest orders files by the durations of an
 * earlier run; in a fresh checkout it has none, and would begin these small files last.
 */
export const longest = [
  "apps/harness/test/chaos.test.ts",
  "apps/cli/test/docs.test.ts",
  "apps/audio-analyzer/test/sound-server.test.ts",
  "apps/cli/test/rig-commands.test.ts",
  "apps/audio-analyzer/test/auto-source.test.ts",
  "apps/desktop-monitor/test/desktop-monitor.test.ts",
  "apps/now-playing/test/now-playing.test.ts",
  "apps/cli/test/command-line.test.ts",
  "apps/cli/test/lyrics.test.ts",
  "apps/osc-debugger/test/osc-debugger.test.ts",
  "packages/link/test/peers.test.ts",
  "apps/process-manager/test/adoption.test.ts",
  "apps/process-manager/test/crash.test.ts",
  "apps/cli/test/worker-commands.test.ts",
  "apps/cli/test/dev.test.ts",
  "apps/harness/test/fuzz.test.ts",
  "apps/tui/test/terminal.test.ts",
  "apps/spotify-monitor/test/position.test.ts",
  "apps/virtualdj-monitor/test/karaoke-receiver.test.ts",
  "apps/spotify-monitor/test/karaoke-receiver.test.ts",
];

/** Begins the longest files first. */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project, moduleId }: TestSpecification): number => {
      const index = longest.indexOf(path.relative(project.vitest.config.root, moduleId));
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(specifications)).toSorted((one, other) => place(one) - place(other));
  }
}

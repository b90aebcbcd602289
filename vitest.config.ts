import { configDefaults, defineConfig } from "vitest/config";
import { mutantPlugins } from "./scripts/mutate/plugin.ts";

const conditions = ["@vj/source", "module", "node", "development|production"];
/** For `pnpm coverage`: where V8 writes what ran in the processes of the tests, and where the report goes. */
const { VJ_CHILD_COVERAGE: childCoverage, VJ_COVERAGE: coverageFolder = "coverage" } = process.env;

/**
 * Tests of these folders share a process, one file after the other: a process of its own costs each file about a third of a second,
 * for zod and the sources alone. Nothing in them may outlive its file: no replaced module (as in `outlet.test.ts`), no changed
 * environment, no fake clock that goes on.
 */
const together = [
  "packages/{audio,discovery,http,playback,recording,rig,schema}/test/**/*.test.ts",
  "packages/telemetry/test/**/!(outlet).test.ts",
  "apps/{lyrics-fetcher,spotify-monitor,sync-bridge,tui,virtualdj-monitor}/test/**/*.test.{ts,tsx}",
];
const everything = ["**/test/**/*.test.{ts,tsx}"];

export default defineConfig({
  plugins: mutantPlugins(),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Not one for each package: each project compiles the sources that it shares with the others once more.
    projects: [
      { extends: true, test: { name: "together", isolate: false, include: together } },
      { extends: true, test: { name: "alone", include: everything, exclude: [...configDefaults.exclude, ...together] } },
    ],
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 60_000,
    // Most tests wait for real processes: three at a time keep two cores busy.
    maxWorkers: 3,
    hookTimeout: 60_000,
    ...(childCoverage === undefined ? {} : { env: { NODE_V8_COVERAGE: childCoverage } }),
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"],
      exclude: ["packages/test-kit/**"],
      reporter: ["json"],
      reportsDirectory: coverageFolder,
      reportOnFailure: true,
    },
  },
});

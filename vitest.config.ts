import { configDefaults, defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.ts";
import { mutantPlugins } from "./scripts/mutate/plugin.ts";

const conditions = ["@vj/source", "module", "node", "development|production"];
/** For `pnpm coverage`: where V8 writes what ran in the processes of the tests, and where the report goes. */
const { VJ_CHILD_COVERAGE: childCoverage, VJ_COVERAGE: coverageFolder = "coverage" } = process.env;

// pnpm names a folder here in which every package finds those of all others, and other versions of them than its own: an installation has no such folder.
delete process.env["NODE_PATH"];

/**
 * Tests share a process, one file after the other: a process of its own costs each file about a third of a second, for zod and the
 * sources alone. Nothing in them may outlive its file: no replaced module, no changed environment, no fake clock that goes on.
 * These files have a process of their own, because they replace modules, change what belongs to the whole process, or suffer from it.
 */
const alone = [
  // Ink, imported after the files of other packages, was once linked with a package of another version.
  "apps/tui/test/frame.test.tsx",
  "packages/telemetry/test/outlet.test.ts",
  "packages/test-kit/test/capabilities.test.ts",
  "scripts/test/**/*.test.ts",
];
const everything = ["**/test/**/*.test.{ts,tsx}"];

export default defineConfig({
  plugins: mutantPlugins(),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Not one for each package: each project compiles the sources that it shares with the others once more.
    projects: [
      { extends: true, test: { name: "together", isolate: false, include: everything, exclude: [...configDefaults.exclude, ...alone] } },
      { extends: true, test: { name: "alone", include: alone } },
    ],
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 60_000,
    // Most tests wait for real processes: three at a time keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
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

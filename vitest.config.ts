import { defineConfig } from "vitest/config";
import { mutantPlugins } from "./scripts/mutate/plugin.ts";

const conditions = ["@vj/source", "module", "node", "development|production"];
/** For `pnpm coverage`: where V8 writes what ran in the processes of the tests, and where the report goes. */
const { VJ_CHILD_COVERAGE: childCoverage, VJ_COVERAGE: coverageFolder = "coverage" } = process.env;

export default defineConfig({
  plugins: mutantPlugins(),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // All packages in one: each project of vitest would compile the sources that they share once more.
  test: {
    include: ["**/test/**/*.test.{ts,tsx}"],
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

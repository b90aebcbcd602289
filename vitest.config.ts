import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { mutantPlugins } from "./scripts/mutate/plugin.ts";

const conditions = ["@vj/source", "module", "node", "development|production"];
const projects = ["scripts", ...["packages", "apps"].flatMap((top) => readdirSync(top).map((folder) => `${top}/${folder}`))];

export default defineConfig({
  plugins: mutantPlugins(),
  test: {
    reporters: ["default", "./scripts/vitest-summary.ts"],
    testTimeout: 60_000,
    // Most tests wait for real processes: three at a time keep two cores busy.
    maxWorkers: 3,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["packages/test-kit/**"],
      reporter: ["text-summary", "json-summary", "text"],
      thresholds: { lines: 85 },
    },
    projects: projects.map((dir) => ({
      extends: true,
      resolve: { conditions },
      ssr: { resolve: { conditions } },
      test: { name: dir, include: [`${dir}/test/**/*.test.{ts,tsx}`] },
    })),
  },
});

import { mkdirSync, writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { explainSkips } from "./explain-skips.ts";
import type { Skip } from "./explain-skips.ts";
import { leftoverProcesses, markRun } from "./leftover-processes.ts";

/**
 * Ends a run with the reasons of skipped tests and with the plain line `N passed, N failed`, and leaves that line in a
 * file for `.ci/run`. With `VJ_TEST_REQUIRE=all` a skipped test counts as failed. Processes that the tests leave behind
 * fail the run.
 */
export default class Summary implements Reporter {
  #run = "";

  onInit(): void {
    this.#run = markRun();
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): Promise<void> {
    const skips: Skip[] = [];
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skips.push(skipOf(test));
      }
    }
    const required = process.env["VJ_TEST_REQUIRE"] === "all" && skips.length > 0;
    const skipped = required ? 0 : skips.length;
    if (required) {
      failed += skips.length;
      process.exitCode = 1;
    }
    const left = await leftoverProcesses(this.#run);
    if (left.length > 0) {
      failed += 1;
      process.exitCode = 1;
    }
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    mkdirSync("coverage", { recursive: true });
    writeFileSync("coverage/summary.txt", `${line}\n`);
    const why = skips.length === 0 ? "" : `${explainSkips(skips)}${required ? "\nVJ_TEST_REQUIRE=all: each of them counts as failed" : ""}\n\n`;
    const orphans = left.map(({ pid, command }) => `left over by a test: process ${pid}, ${command}\n`).join("");
    process.once("exit", () => process.stdout.write(`${orphans}${why}${line}\n`));
  }
}

function skipOf(test: TestCase): Skip {
  const result = test.result();
  return { meta: test.meta(), note: result.state === "skipped" ? result.note : undefined };
}

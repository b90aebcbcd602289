import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deferred } from "@vj/test-kit";
import type { Deferred } from "@vj/test-kit";
import { Rebuilder } from "../src/dev/rebuild.ts";
import type { BuildResult } from "../src/dev/rebuild.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const builds: Deferred<BuildResult>[] = [];
  const built: string[][] = [];
  const broken: string[] = [];
  const errors: unknown[] = [];
  const rebuilder = new Rebuilder({
    build: () => {
      const next = deferred<BuildResult>();
      builds.push(next);
      return next.promise;
    },
    onBuilt: (changed) => {
      built.push([...changed]);
      return Promise.resolve();
    },
    onBroken: (output) => broken.push(output),
    onError: (error) => errors.push(error),
  });
  const finish = async (index: number, result: BuildResult): Promise<void> => {
    builds[index]?.resolve(result);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { rebuilder, builds, built, broken, errors, finish };
}

const good: BuildResult = { ok: true, output: "" };

describe("Rebuilder", () => {
  it("builds once for changes that come together", async () => {
    const { rebuilder, builds, built, finish } = setUp();
    for (const name of ["a", "b", "a"]) {
      rebuilder.changed(name);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(builds).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(builds).toHaveLength(1);
    await finish(0, good);
    expect(built).toEqual([["a", "b"]]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(builds).toHaveLength(1);
  });

  it("never runs two builds at once, and builds again after changes in the meantime", async () => {
    const { rebuilder, builds, built, finish } = setUp();
    rebuilder.changed("a");
    await vi.advanceTimersByTimeAsync(200);
    rebuilder.changed("b");
    await vi.advanceTimersByTimeAsync(1000);
    expect(builds).toHaveLength(1);
    await finish(0, good);
    expect(builds).toHaveLength(2);
    await finish(1, good);
    expect(built).toEqual([["a"], ["b"]]);
  });

  it("keeps the changes of a failed build for the next good one", async () => {
    const { rebuilder, built, broken, finish } = setUp();
    rebuilder.changed("a");
    await vi.advanceTimersByTimeAsync(200);
    await finish(0, { ok: false, output: "a.ts(1,1): error" });
    expect([built, broken]).toEqual([[], ["a.ts(1,1): error"]]);
    rebuilder.changed("b");
    await vi.advanceTimersByTimeAsync(200);
    await finish(1, good);
    expect(built).toEqual([["a", "b"]]);
  });

  it("reports a build that cannot be run, and goes on", async () => {
    const { rebuilder, builds, errors, built, finish } = setUp();
    rebuilder.changed("a");
    await vi.advanceTimersByTimeAsync(200);
    builds[0]?.reject(new Error("no compiler"));
    await vi.advanceTimersByTimeAsync(0);
    expect(errors).toHaveLength(1);
    rebuilder.changed("a");
    await vi.advanceTimersByTimeAsync(200);
    await finish(1, good);
    expect(built).toEqual([["a"]]);
  });

  it("restarts nothing once it is closed, and waits for the running build", async () => {
    const { rebuilder, builds, built, finish } = setUp();
    rebuilder.changed("a");
    await vi.advanceTimersByTimeAsync(200);
    let closed = false;
    const closing = rebuilder.close().then(() => (closed = true));
    rebuilder.changed("b");
    await vi.advanceTimersByTimeAsync(1000);
    expect(closed).toBe(false);
    await finish(0, good);
    await closing;
    expect([built, builds.length]).toEqual([[], 1]);
  });
});

import { describe, expect, it } from "vitest";
import { withoutSource } from "../packages/check-tarball.mjs";
import { packedFiles, packedSize } from "../packages/packed-size.mjs";
import { sizeLimit, tarballLimits } from "../packages/tarball-limits.mjs";
import { publishedPackages } from "../packages/workspace.mjs";

const packages = publishedPackages();

describe("the files of a tarball", () => {
  it("are stale where an older build left them, and their sources are gone", () => {
    const kept = ["dist/rhythm/activation/weights-second.js", "dist/index.js", "dist/index.js.map", "dist/index.d.ts", "dist/ink/screen.js", "dist/bundle/main-x1.js", "dist/table.json", "src/index.ts", "src/ink/screen.tsx", "bin/vj.js", "package.json"];
    const left = ["dist/old.js", "dist/old.js.map", "dist/old.d.ts", "dist/old.d.ts.map", "dist/screen.js"];
    expect(withoutSource([...kept, ...left].map((file) => `package/${file}`))).toEqual(left.map((file) => `package/${file}`));
  });
});

describe("the size of what is published", () => {
  // `pnpm pack:check` measures the tarballs themselves, in CI; this shows growth where it is made.
  it.each(packages)("$name is within its limit", (one) => {
    expect(packedSize(one.dir)).toBeLessThanOrEqual(sizeLimit(one));
  });

  it("has a limit for each, and for nothing else", () => {
    expect(Object.keys(tarballLimits).toSorted()).toEqual(packages.map(({ name }) => name).toSorted());
    expect(() => sizeLimit({ name: "@vj/none" })).toThrow("@vj/none has no line");
  });

  it("counts what the programs load, and not what an older build left", () => {
    const files = packages.filter(({ name }) => name === "@vj/audio-analyzer").flatMap(({ dir }) => packedFiles(dir));
    expect(files).toEqual(expect.arrayContaining(["bin/audio-analyzer.js", "dist/bundle/audio-analyzer.js", "dist/bundle/vj-capture.js", "dist/index.js", "README.md"]));
    expect(files.filter((file) => file.endsWith(".map") && file.startsWith("dist/bundle/"))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { withoutSource } from "../packages/check-tarball.mjs";

describe("the files of a tarball", () => {
  it("are stale where an older build left them, and their sources are gone", () => {
    const kept = ["dist/rhythm/activation/weights-wide.js", "dist/index.js", "dist/index.js.map", "dist/index.d.ts", "dist/ink/screen.js", "dist/bundle/main-x1.js", "dist/table.json", "src/index.ts", "src/ink/screen.tsx", "bin/vj.js", "package.json"];
    const left = ["dist/old.js", "dist/old.js.map", "dist/old.d.ts", "dist/old.d.ts.map", "dist/screen.js"];
    expect(withoutSource([...kept, ...left].map((file) => `package/${file}`))).toEqual(left.map((file) => `package/${file}`));
  });
});

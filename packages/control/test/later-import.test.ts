import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";

const control = path.resolve(import.meta.dirname, "../dist/index.js");

it("lets a process that listens import a package through a link later, with the package behind it", async () => {
  await using dir = tempDir();
  // As pnpm installs: what a package needs lies beside it, where its link leads.
  const add = (place: string, name: string, text: string): void => {
    mkdirSync(dir.join(place, name), { recursive: true });
    writeFileSync(dir.join(place, name, "package.json"), JSON.stringify({ name, type: "module", exports: "./index.js" }));
    writeFileSync(dir.join(place, name, "index.js"), text);
  };
  add("node_modules/.store/upper/node_modules", "upper", `export { word } from "lower";`);
  add("node_modules/.store/upper/node_modules", "lower", `export const word = "found";`);
  symlinkSync(".store/upper/node_modules/upper", dir.join("node_modules/upper"));
  writeFileSync(dir.join("main.mjs"), `
    import { serve } from ${JSON.stringify(control)};
    const server = await serve({ path: ${JSON.stringify(dir.join("lamp.sock"))}, onCommand() {} });
    console.log((await import("upper")).word);
    await server.close();`);
  expect(execFileSync(process.execPath, [dir.join("main.mjs")], { encoding: "utf8" })).toBe("found\n");
});

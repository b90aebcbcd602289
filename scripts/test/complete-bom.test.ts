import { mkdirSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { completeBom } from "../packages/complete-bom.mjs";

const registry = "http://127.0.0.1:4873/";
const bomOf = (...components: readonly object[]): string => JSON.stringify({ specVersion: "1.5", metadata: { component: { name: "all", purl: "pkg:npm/consumer@1.0.0" } }, components });

it("names a licence for each component, of what it contains, too, and of none where a registry on loopback was", async () => {
  await using dir = tempDir();
  const install = (place: string, manifest: object): void => {
    mkdirSync(dir.join("node_modules", place), { recursive: true });
    writeFileSync(dir.join("node_modules", place, "package.json"), JSON.stringify(manifest));
  };
  install("plain", { name: "plain", version: "1.0.0", license: "MIT" });
  install("old", { name: "old", version: "1.0.0", licenses: [{ type: "MIT" }, { type: "Apache2" }] });
  install("plain/node_modules/old", { name: "old", version: "2.0.0", license: "ISC" });
  install("mpg123-decoder", { name: "mpg123-decoder", version: "1.0.3", license: "MIT" });
  const text = bomOf(
    { name: "plain", version: "1.0.0", licenses: [{ license: { id: "MIT" } }], externalReferences: [{ url: `${registry}plain.tgz` }, { url: "https://plain.example" }], hashes: ["kept"] },
    { name: "old", version: "1.0.0" },
    { name: "old", version: "2.0.0", licenses: [{ license: { id: "ISC" } }] },
    { name: "mpg123-decoder", version: "1.0.3", licenses: [{ license: { id: "MIT" } }] },
  );
  const bom = completeBom(text, { folder: dir.path, registry, version: "7.8.9" });
  expect(bom.components.map(({ licenses }) => licenses)).toEqual([[{ license: { id: "MIT" } }], [{ license: { name: "MIT OR Apache2" } }], [{ license: { id: "ISC" } }], [{ expression: "MIT AND LGPL-2.1-only" }]]);
  expect(bom.components[0]).toMatchObject({ externalReferences: [{ url: "https://plain.example" }], hashes: ["kept"] });
  expect(bom.metadata.component).toMatchObject({ name: "@vj/cli", version: "7.8.9", purl: "pkg:npm/%40vj/cli@7.8.9" });
  install("bare", { name: "bare", version: "3.0.0" });
  expect(() => completeBom(bomOf({ name: "bare", version: "3.0.0" }), { folder: dir.path, registry, version: "1.0.0" })).toThrow("bare 3.0.0 names no licence");
});

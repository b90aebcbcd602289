// `pnpm publish:check`: publishes packages that need nothing of others to a registry on loopback, installs each from it alone,
// and runs the example of its README. Without the network, of what is built; a leg of `.ci/run`. `pnpm pack:check` does it for all.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readCommandLine } from "./command-line.mjs";
import { afterUs } from "./after-us.mjs";
import { checkAlone } from "./packages/check-alone.mjs";
import { createChecks } from "./packages/commands.mjs";
import { packageManagers } from "./packages/managers.mjs";
import { packAll } from "./packages/pack.mjs";
import { publishAll } from "./packages/publish.mjs";
import { startRegistry } from "./packages/registry.mjs";
import { closureOf, publishedPackages, root } from "./packages/workspace.mjs";

readCommandLine(`Usage: pnpm publish:check

Publishes packages that need nothing of others to a registry on loopback, and tries each one alone; of what is built, without the network.`, []);
const work = mkdtempSync(path.join(tmpdir(), "vj-publish-"));
const isRemoved = afterUs('rm -rf "$1"', work);
const checks = createChecks();
try {
  const packages = closureOf("@vj/supervisor", publishedPackages());
  packAll(path.join(work, "tarballs"), packages, { rebuild: false });
  const registry = await startRegistry({ program: path.join(import.meta.dirname, "packages/small-registry.mjs"), folder: path.join(work, "registry") });
  try {
    const published = await publishAll(packages, path.join(work, "tarballs"), { env: registry.env });
    console.log(`published ${published.join(", ")} to ${registry.url}`);
    const { npm } = packageManagers((file) => file);
    for (const one of packages) checkAlone({ one, label: "npm", manager: npm, folder: path.join(work, path.basename(one.dir)), env: registry.env, compiler: undefined, checks });
  } finally {
    await registry.close();
  }
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 3 });
  isRemoved();
}
// For `.ci/run`, which adds the counts of its legs.
mkdirSync(path.join(root, "coverage"), { recursive: true });
writeFileSync(path.join(root, "coverage/summary.txt"), `${checks.passed} passed, ${checks.faults.length} failed\n`);
process.exitCode = checks.finish("publishing, and installing what was published");

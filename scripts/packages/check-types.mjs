// The types of all packages together, for every compiler that users may have.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { entriesOf, typeOptions } from "./check-alone.mjs";
import { run } from "./commands.mjs";
import { emptyProject, nodeTypes } from "./managers.mjs";

/**
 * Installs them with npm and compiles a file that imports all.
 * @param {object} options
 * @param {readonly import("./workspace.mjs").Package[]} options.packages
 * @param {Readonly<Record<string, string>>} options.compilers files of `tsc`, by version
 * @param {import("./managers.mjs").Manager} options.npm
 * @param {string} options.folder is empty
 * @param {Readonly<Record<string, string>>} options.env of the registry
 * @param {import("./commands.mjs").Checks} options.checks
 */
export function checkTypes({ packages, compilers, npm, folder, env, checks }) {
  emptyProject(folder, npm);
  const [program = "", ...args] = npm.add([...packages.map(({ name, manifest }) => `${name}@${manifest.version}`), nodeTypes]);
  if (!checks.attempt("all packages together: install", () => run(program, args, folder, env))) return;
  const entries = packages.flatMap(entriesOf);
  writeFileSync(path.join(folder, "use.ts"), entries.map((entry, at) => `import * as all${at} from "${entry}";\nexport const names${at}: string[] = Object.keys(all${at});`).join("\n"));
  for (const [version, compiler] of Object.entries(compilers)) {
    for (const [resolution, options] of Object.entries(typeOptions)) {
      checks.attempt(`types of all, TypeScript ${version}, ${resolution}`, () =>
        run(process.execPath, [compiler, "--noEmit", "--strict", ...options, "--types", "node", "--skipLibCheck", "false", "use.ts"], folder));
    }
  }
}

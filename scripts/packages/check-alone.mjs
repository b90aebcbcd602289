// One package in an empty folder, as somebody has it who installs nothing else.
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "./commands.mjs";
import { emptyProject, nodeTypes } from "./managers.mjs";

/** What each import of the package is called there. @param {import("./workspace.mjs").Package} one */
export const entriesOf = ({ name, manifest }) =>
  Object.keys(manifest.exports).filter((entry) => !entry.endsWith(".json")).map((entry) => name + entry.slice(1));

/** The options of the compiler under which a package must have types. */
export const typeOptions = {
  nodenext: ["--module", "nodenext", "--target", "es2022"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022"],
};

/**
 * Installs a package alone; imports each of its entries, checks their types, runs the example of its README and those beside it, and its
 * program, installed and not.
 * @param {object} options
 * @param {import("./workspace.mjs").Package} options.one
 * @param {string} options.label says how, for the lines that are printed
 * @param {import("./managers.mjs").Manager} options.manager
 * @param {string} options.folder is empty
 * @param {Readonly<Record<string, string>>} options.env of the registry, and the path to another Node
 * @param {string | undefined} options.compiler the file of `tsc`; undefined: types are not looked at
 * @param {import("./commands.mjs").Checks} options.checks
 */
export function checkAlone({ one, label, manager, folder, env, compiler, checks }) {
  const { name, dir, manifest } = one;
  // What an example of a worker leaves is in its folder, too.
  const places = { VJ_OSC_TARGETS: "127.0.0.1:9", ...Object.fromEntries(["bus", "config", "data", "cache"].map((place) => [`VJ_${place.toUpperCase()}_DIR`, path.join(folder, `vj-${place}`)])) };
  /** @param {readonly string[]} command */
  const call = ([program = "", ...args]) => run(program, args, folder, { ...env, ...places });
  /** One that runs until it is ended has started well. @param {string} file */
  const runExample = (file) => call(["sh", "-c", 'timeout 10 "$@" || [ $? -eq 124 ]', "sh", ...manager.node(file)]);
  /** @param {string} what @param {() => unknown} action */
  const attempt = (what, action) => checks.attempt(`${name}, ${label}: ${what}`, action);

  emptyProject(folder, manager);
  const readme = readFileSync(path.join(dir, "README.md"), "utf8");
  // The example may use another of ours, which its README installs beside it.
  const wanted = /^npm install (?!-)(.*)$/m.exec(readme)?.[1]?.split(" ") ?? [name];
  const installed = attempt("installs alone", () => call(manager.add([...wanted, ...(compiler === undefined ? [] : [nodeTypes])])));
  if (!installed) return;
  attempt("imports", () => {
    writeFileSync(path.join(folder, "import.mjs"), entriesOf(one).map((entry) => `if (Object.keys(await import("${entry}")).length === 0) throw new Error("${entry} exports nothing");`).join("\n") + "\nprocess.exit(0);\n");
    call(manager.node("import.mjs"));
  });
  if (compiler !== undefined && manager.withoutFolder !== true) {
    writeFileSync(path.join(folder, "use.ts"), entriesOf(one).map((entry, at) => `import * as all${at} from "${entry}";\nexport const names${at}: string[] = Object.keys(all${at});`).join("\n"));
    for (const [resolution, options] of Object.entries(typeOptions)) {
      attempt(`types, ${resolution}`, () => run(process.execPath, [compiler, "--noEmit", "--strict", ...options, "--types", "node", "--skipLibCheck", "false", "use.ts"], folder));
    }
  }
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1];
  if (example === undefined) {
    if (one.kind === "packages") attempt("its README has an example", () => { throw new Error("no block of js in it"); });
  } else attempt("example of the README", () => {
    writeFileSync(path.join(folder, "example.mjs"), example);
    runExample("example.mjs");
  });
  const examples = path.join(folder, "node_modules", name, "examples");
  if (existsSync(path.join(dir, "examples")) && manager.withoutFolder !== true) {
    for (const file of readdirSync(examples)) {
      attempt(`examples/${file}`, () => {
        // From a folder of the user's, where it finds what the user installed.
        cpSync(path.join(examples, file), path.join(folder, file));
        runExample(file);
      });
    }
  }
  for (const bin of Object.keys(manifest.bin)) {
    attempt(`${bin} runs without being installed`, () => {
      const version = call(manager.once(`${name}@${manifest.version}`, bin, "--version")).trim().split("\n").at(-1);
      if (version !== manifest.version) throw new Error(`--version printed "${version}"`);
    });
  }
  if (name === "@vj/cli") attempt("vj up finds the workers that were installed with it", () => {
    try {
      const text = call(manager.program("vj", "up", "--only", "osc_debugger"));
      if (!text.includes("running: osc_debugger")) throw new Error(`it printed "${text}"`);
    } finally {
      call(manager.program("vj", "down"));
    }
  });
}

// Reads what turbo prints while it runs, line by line: which tasks have begun, and what a failed one printed.

/** A line of a task: `@vj/schema:build: cache miss, executing 1ce12`. Tasks of the root are called `//:lint`. */
const taskLine = /^((?:@[^:\s/]+\/)?[^:\s]+:[a-z]+): (.*)$/;
const failure = /^\s*(?:ERROR|ELIFECYCLE|.*command finished with error|.*Command failed with exit code)/;

/** @param {(begun: number, name: string) => void} onBegin called when another task begins: how many have, and its name */
export function createTasks(onBegin) {
  /** @type {Map<string, string[]>} */
  const tasks = new Map();
  /** @type {Set<string>} */
  const failed = new Set();
  /** Lines that belong to no task: what turbo itself reports. @type {string[]} */
  const others = [];
  return {
    /** @param {string} line without its end */
    add(line) {
      const [, name, text = ""] = taskLine.exec(line) ?? [];
      if (name === undefined) {
        // Turbo begins with a banner: its version and the list of all packages.
        if (line !== "" && !line.startsWith("   • ")) others.push(line);
        return;
      }
      const known = tasks.get(name);
      const lines = known ?? [];
      tasks.set(name, lines);
      lines.push(line);
      if (failure.test(text)) failed.add(name);
      if (known === undefined) onBegin(tasks.size, name);
    },
    /** What a person needs to see after a failure: the output of the tasks that failed, or all of it where none says that it did. */
    faults() {
      const concerned = [...tasks].filter(([name]) => failed.size === 0 || failed.has(name));
      return [...concerned.flatMap(([, lines]) => lines), ...others];
    },
  };
}

/**
 * How many tasks there are, at most. @param {readonly string[]} names those of the command line
 * @param {readonly { readonly scripts?: Readonly<Record<string, string>> }[]} manifests of all packages, with that of the root
 */
export function countTasks(names, manifests) {
  return names.reduce((sum, name) => sum + manifests.filter(({ scripts = {} }) => Object.hasOwn(scripts, name)).length, 0);
}

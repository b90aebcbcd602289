import { z } from "zod";

/** Why the native module cannot be used, and the next step for a person. `vj-capture --list` prints it as JSON. */
export const portAudioProblemSchema = z.object({ reason: z.string(), fix: z.string() });
export type PortAudioProblem = z.infer<typeof portAudioProblemSchema>;

/** The package manager that installed the module, and so has to build it. */
export type Installer = "checkout" | "pnpm" | "pnpm global" | "npm" | "npm global" | "npx" | "bun" | "yarn";

/** Facts about a module that cannot be loaded. */
export interface PortAudioFacts {
  /** Code and text of the error of its import. */
  readonly code: string;
  readonly message: string;
  readonly platform: string;
  readonly arch: string;
  readonly nodeVersion: string;
  readonly installer: Installer;
  /** The package manager did not run its build script. */
  readonly scriptBlocked: boolean;
  /** Tools that the build needs and this machine lacks, as in "no <entry>". */
  readonly missingTools: readonly string[];
  /** Node's headers are installed; otherwise the build downloads them from nodejs.org. */
  readonly headers: boolean;
}

const packages = "naudiodon segfault-handler";

/** The next step once everything that the build needs is installed. */
const rebuild: Readonly<Record<Installer, string>> = {
  checkout: "npx -y pnpm@10 install",
  pnpm: "pnpm approve-builds (allow naudiodon and segfault-handler), then pnpm install --force",
  "pnpm global": "pnpm approve-builds -g (allow naudiodon and segfault-handler), then pnpm add -g @vj/cli",
  npm: `npm install && npm rebuild ${packages}, with npm 11 or newer first npm install-scripts approve ${packages}`,
  "npm global": "npm install -g --allow-scripts=naudiodon,segfault-handler @vj/cli",
  npx: "npm install -g --allow-scripts=naudiodon,segfault-handler @vj/cli, instead of npx",
  bun: `bun pm trust ${packages}`,
  yarn: `yarn install && npm rebuild ${packages}`,
};

/** Explains why the native module cannot be used here, and gives the next step. Pure. */
export function explainPortAudio(facts: PortAudioFacts): PortAudioProblem {
  const again = rebuild[facts.installer];
  if (!hasPortAudio(facts)) {
    return {
      reason: `naudiodon brings no PortAudio for ${facts.platform} on ${facts.arch}`,
      fix: "let a program capture: install parec, pw-record, ffmpeg or sox",
    };
  }
  return explainLibrary(facts, again) ?? explainBuild(facts, again);
}

function hasPortAudio({ platform, arch }: PortAudioFacts): boolean {
  return arch === "x64" || (platform === "linux" && arch === "arm");
}

/** The module was built, but cannot be loaded. */
function explainLibrary({ code, message, nodeVersion }: PortAudioFacts, again: string): PortAudioProblem | undefined {
  if (/NODE_MODULE_VERSION|compiled against a different Node/i.test(message)) {
    return { reason: `naudiodon was built for another version of Node than ${nodeVersion}`, fix: `build it again: ${again}` };
  }
  if (/libasound/.test(message)) {
    return { reason: "the sound library of the system (libasound.so.2) is missing", fix: "apt-get install libasound2 (libasound2t64 on newer systems)" };
  }
  if (/wrong ELF class|invalid ELF header|incompatible architecture|not a valid Win32/i.test(message)) {
    return { reason: "naudiodon was built for another kind of machine", fix: `build it again: ${again}` };
  }
  if (code === "ERR_DLOPEN_FAILED") return { reason: `naudiodon cannot be loaded: ${firstLine(message)}`, fix: `build it again: ${again}` };
  return undefined;
}

/** The module was not built or not installed. */
function explainBuild({ code, message, missingTools, scriptBlocked, headers }: PortAudioFacts, again: string): PortAudioProblem {
  const absent = code === "ERR_MODULE_NOT_FOUND";
  if (!absent && !message.startsWith("Could not locate the bindings file")) {
    return { reason: `naudiodon cannot be loaded: ${firstLine(message)}`, fix: `build it again: ${again}` };
  }
  const state = absent ? "naudiodon is not installed" : "naudiodon is not built";
  if (missingTools.length > 0) {
    const list = missingTools.map((tool) => `no ${tool}`).join(", ");
    return { reason: `${state}: there is ${list} here`, fix: `install ${missingTools.join(", ")}, then: ${again}` };
  }
  if (scriptBlocked) return { reason: `${state}: the package manager did not run its build script`, fix: `allow it: ${again}` };
  if (!headers) {
    return {
      reason: `${state}: the headers of Node are not here, and nodejs.org was not reached or not asked`,
      fix: `with a connection to nodejs.org (or npm_config_nodedir=<folder of Node>): ${again}`,
    };
  }
  return { reason: state, fix: `build it: ${again}` };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}

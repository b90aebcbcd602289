import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmdirSync } from "node:fs";
import path from "node:path";
import programs from "./programs.json" with { type: "json" };

/** Something beyond Node that a test may use. */
interface Capability {
  /** Text for a person: "no <label>". */
  readonly label: string;
  /** Debian package that contains it. */
  readonly aptPackage?: string;
  /** Called at most once per test file. */
  isThere(): boolean;
}

/** Capabilities other than a program in the search path. */
const probed = {
  linux: { label: "Linux", isThere: () => process.platform === "linux" },
  proc: { label: "/proc", isThere: () => existsSync("/proc/self/stat") },
  root: { label: "root", isThere: () => process.getuid?.() === 0 },
  mount: { label: "mount (root only)", aptPackage: "mount", isThere: canMount },
  pidNamespace: { label: "PID namespaces", isThere: () => succeeds("unshare", ["--pid", "--fork", "--mount-proc", "true"]) },
  userNamespace: { label: "user namespaces", isThere: () => succeeds("unshare", ["--user", "--map-root-user", "true"]) },
  netNamespace: { label: "network namespaces", aptPackage: "util-linux iproute2", isThere: () => succeeds("unshare", ["--net", "ip", "link", "set", "lo", "up"]) },
  linkLibrary: { label: "Ableton Link's library", aptPackage: "ableton-link-dev libasio-dev", isThere: () => existsSync("/usr/include/ableton/Link.hpp") },
  naudiodon: { label: "naudiodon (compiler, Python or Node headers missing at install)", aptPackage: "g++ make python3", isThere: canLoadNaudiodon },
  gnuTail: { label: "tail of GNU", aptPackage: "coreutils", isThere: () => succeeds("sh", ["-c", "tail --version | grep -q 'GNU coreutils'"]) },
  numpy: { label: "NumPy", aptPackage: "python3-numpy", isThere: () => succeeds("python3", ["-c", "import numpy"]) },
  mprisPlayer: { label: "mpv with its MPRIS plug-in", aptPackage: "mpv mpv-mpris", isThere: () => isInPath("mpv") && existsSync("/etc/mpv/scripts/mpris.so") },
  alsaPulse: { label: "PulseAudio plug-in of ALSA", aptPackage: "libasound2-plugins", isThere: hasAlsaPulse },
} satisfies Record<string, Capability>;

/** A name for `needs`. Add a new program to `programs.json`, with its Debian package. */
export type CapabilityName = keyof typeof probed | keyof typeof programs;

/** Data of a skipped test for the summary at the end of a run. */
export interface MissingCapability {
  readonly label: string;
  readonly aptPackages: readonly string[];
}

/** Options for `describe` and `it` of vitest; empty where nothing is missing. */
export interface NeedsOptions {
  readonly skip?: true;
  readonly meta?: Record<string, readonly MissingCapability[]>;
}

const known = new Map<CapabilityName, boolean>();

/** Whether a capability is available. For a choice inside a test; a test that cannot run at all uses `needs`. */
export function has(name: CapabilityName): boolean {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const there = find(name).isThere();
  known.set(name, there);
  return there;
}

/**
 * Options that skip a test or a suite where something is missing, with the reason for the end of the run:
 * `describe("a terminal", needs("tmux"), () => …)`, `it("…", { timeout: 90_000, ...needs("root") }, …)`.
 * With `VJ_TEST_REQUIRE=all` the run fails for each skipped test.
 */
export function needs(...names: CapabilityName[]): NeedsOptions {
  const missing = names.filter((name) => !has(name)).map((name): MissingCapability => {
    const { label, aptPackage = "" } = find(name);
    return { label, aptPackages: aptPackage.split(" ").filter((part) => part !== "") };
  });
  return missing.length === 0 ? {} : { skip: true, meta: { missing } };
}

function find(name: CapabilityName): Capability {
  return name in probed ? probed[name as keyof typeof probed] : program(name as keyof typeof programs);
}

function program(name: keyof typeof programs): Capability {
  return { label: name, aptPackage: programs[name], isThere: () => isInPath(name) };
}

function isInPath(name: string): boolean {
  return (process.env["PATH"] ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}

function succeeds(command: string, args: readonly string[], cwd?: URL): boolean {
  return spawnSync(command, args, { cwd, stdio: "ignore", timeout: 20_000 }).status === 0;
}

function canMount(): boolean {
  if (!isInPath("mount") || !isInPath("umount")) return false;
  const folder = mkdtempSync("/tmp/vj-t-mount-");
  try {
    return succeeds("mount", ["-t", "tmpfs", "tmpfs", folder]) && succeeds("umount", [folder]);
  } finally {
    rmdirSync(folder);
  }
}

/** In a separate process, as elsewhere: the native module can crash its process. */
function canLoadNaudiodon(): boolean {
  return succeeds(process.execPath, ["-e", "import('naudiodon')"], new URL("../../../apps/audio-analyzer/", import.meta.url));
}

function hasAlsaPulse(): boolean {
  const library = "libasound_module_pcm_pulse.so";
  return ["/usr/lib", ...subfolders("/usr/lib")].some((folder) => existsSync(path.join(folder, "alsa-lib", library)));
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => path.join(folder, entry.name));
  } catch {
    // This system does not have the folder.
    return [];
  }
}

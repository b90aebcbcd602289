import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { giveBackAll } from "./modes.ts";

/**
 * Waits for the end of its parent, which is the end of its input. A line before that says that the terminal was given back. Otherwise the
 * screen is given back; the modes only if they are still those of the parent, because a shell may have set its own by now, and once more a moment
 * later, because a shell puts back what it found.
 */
const script = `trap '' HUP INT QUIT TERM TSTP TTOU
raw=$(stty -g <&3) || exit
if read -r given; then exit; fi
printf %s "$2" >&3
back() { [ "$(stty -g <&3)" != "$raw" ] || stty "$1" <&3; }
back "$1"; sleep 0.3; back "$1"`;

/** Gives the terminal back when this process cannot: after kill -9. */
export interface Keeper {
  /** The terminal was given back. */
  dismiss(): void;
}

/**
 * Starts a small process that outlives this one; without a shell or on Windows, nothing. Raw mode must be set.
 * @param modes of the terminal before this program, as `stty -g` names them; undefined: not known, then sane ones are set
 */
export function startKeeper(modes: string | undefined): Keeper {
  const child = startShell(modes ?? "sane");
  return { dismiss: () => void child?.stdin?.end("given back\n") };
}

function startShell(modes: string): ChildProcess | undefined {
  if (process.platform === "win32") return undefined;
  const child = spawn("sh", ["-c", script, "vj-tui-keeper", modes, giveBackAll], { detached: true, stdio: ["pipe", "ignore", "ignore", 1] });
  // Without a shell there is nobody to do this; a shell that has ended already takes no line.
  child.on("error", () => {});
  child.stdin?.on("error", () => {});
  child.unref();
  return child;
}

/** The modes of the terminal, as `stty -g` names them; undefined where they cannot be had. Never rejects. */
export async function terminalModes(): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  return new Promise((resolve) => {
    const child = spawn("stty", ["-g"], { stdio: ["inherit", "pipe", "ignore"] });
    let modes = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (modes += text));
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? modes.trim() : undefined));
  });
}

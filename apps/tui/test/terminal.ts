import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { waitFor } from "@vj/test-kit";
import { paceMs, quietMs } from "../src/input/key-reader.ts";

const program = path.resolve(import.meta.dirname, "../bin/tui.js");

/** A real terminal with a shell in it, on a tmux server of its own. */
export class Terminal implements Disposable {
  readonly #server = `vj-t-${randomUUID().slice(0, 8)}`;

  constructor(env: Record<string, string>, columns = 80, rows = 24) {
    const variables = Object.entries({ ...env, CI: "false", NO_COLOR: "", LC_ALL: "C.UTF-8", TERM_PROGRAM: "" });
    this.#tmux(
      ...["-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows)],
      ...variables.flatMap(([name, value]) => ["-e", `${name}=${value}`]),
      // A separate, plain prompt that shows when the shell is back.
      "env PS1='shell> ' bash --norc --noprofile -i",
    );
  }

  /** Starts the TUI in the shell and waits until it is shown. @param nodeOptions of Node itself */
  async startTui(nodeOptions = ""): Promise<void> {
    await this.shows("shell>");
    this.type(`${process.execPath} ${nodeOptions} ${program}; echo "ended $?"`, "Enter");
    await this.shows(/^ VJ /m);
  }

  /** Starts a program that shows what it gets, and waits until the shell has let go of the terminal: it marks pastes, too. */
  async startCat(): Promise<void> {
    this.type("echo begun; cat -v", "Enter");
    await this.shows(/^begun$/m);
  }

  /** Waits until keys count again after a paste or a text: the reader of keys judges by time alone, so nothing on the screen shows it. */
  async quiet(): Promise<void> {
    await delay(quietMs + 100);
  }

  /** Presses keys, by the names of tmux. No sooner after the last ones than a person does, which would be a text. */
  type(...keys: string[]): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, paceMs + 20);
    this.#tmux("send-keys", ...keys);
  }

  /** Pastes a text. @param marked whether as a bracketed paste, if the program has asked for that */
  paste(text: string, marked: boolean): void {
    this.#tmux("set-buffer", "-b", "pasted", text);
    this.#tmux("paste-buffer", ...(marked ? ["-p"] : []), "-b", "pasted");
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** The text on the screen. */
  screen(): string {
    return this.#tmux("capture-pane", "-p");
  }

  /** Waits until the screen shows this; the error contains the actual screen. */
  async shows(wanted: string | RegExp): Promise<string> {
    let screen = "";
    try {
      return await waitFor(String(wanted), () => {
        screen = this.screen();
        return (typeof wanted === "string" ? screen.includes(wanted) : wanted.test(screen)) ? screen : undefined;
      }, 30_000);
    } catch (error) {
      throw new Error(`the screen never showed ${String(wanted)}, but:\n${screen}`, { cause: error });
    }
  }

  /** What the terminal is set to. */
  modes(): { mouse: string; alternate: string; cursor: string; wrap: string } {
    const [mouse = "", alternate = "", cursor = "", wrap = ""] = this.#tmux("display", "-p", "#{mouse_any_flag} #{alternate_on} #{cursor_flag} #{wrap_flag}").trim().split(" ");
    return { mouse, alternate, cursor, wrap };
  }

  /** Sets the terminal to what a shell has, whatever runs in it. */
  makeSane(): void {
    execFileSync("stty", ["-F", this.#tmux("display", "-p", "#{pane_tty}").trim(), "sane"]);
  }

  /** Writes everything that is written to the terminal from now on into a file, too. */
  record(file: string): void {
    this.#tmux("pipe-pane", `cat >> '${file}'`);
  }

  /** The process id of the TUI. */
  tuiPid(): number {
    const shell = this.#tmux("list-panes", "-F", "#{pane_pid}").trim();
    return Number(execFileSync("ps", ["-o", "pid=", "--ppid", shell], { encoding: "utf8" }).trim().split("\n")[0]);
  }

  [Symbol.dispose](): void {
    this.#tmux("kill-server");
  }

  #tmux(...args: string[]): string {
    return execFileSync("tmux", ["-L", this.#server, ...args], { encoding: "utf8" });
  }
}

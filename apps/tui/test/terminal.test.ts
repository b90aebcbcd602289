import { readFileSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { isProcessAlive } from "@vj/control";
import { needs, waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { quietMs } from "../src/input/key-reader.ts";
import { TestBus } from "./bus.ts";
import { Terminal } from "./terminal.ts";

/** Keys count again when the input was quiet for a moment, which only passes by itself. */
const afterQuiet = (): Promise<void> => delay(quietMs + 100);

describe("in a real terminal", needs("tmux", "bash", "ps"), () => {
  it("shows workers, a crash and its restart, and leaves the screen of the shell as it was", async () => {
    await using bus = new TestBus();
    bus.startManager();
    using terminal = new Terminal(bus.env);
    await terminal.shows("shell>");
    terminal.type("echo before", "Enter");
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    terminal.type("2");
    await terminal.shows("Workers ─");
    terminal.type("Enter");
    // The manager knows the workers of this checkout too; the one of this test is some rows down.
    while (!(await terminal.shows(/Workers › \w+/)).includes("Workers › hello")) {
      terminal.type("Escape");
      await terminal.shows("Workers ─");
      terminal.type("j");
      terminal.type("Enter");
    }
    const before = await terminal.shows(/pid \d+ [\s\S]*restarts 0/);
    const pid = Number(/pid (\d+)/.exec(before)?.[1]);
    process.kill(pid, "SIGKILL");
    const after = await terminal.shows(/pid \d+ [\s\S]*restarts 1/);
    expect(Number(/pid (\d+)/.exec(after)?.[1])).not.toBe(pid);
    await terminal.shows(/Workers › hello +✓ running/);

    terminal.type("r");
    await terminal.shows("Restart hello?");
    await afterQuiet();
    terminal.type("y");
    await terminal.shows(/(Restarted|Starting) hello/);
    await afterQuiet();
    terminal.type("s");
    await terminal.shows("Stop hello?");
    await afterQuiet();
    terminal.type("y");
    await terminal.shows(/○ stopped/);

    await afterQuiet();
    terminal.type("q");
    const left = await terminal.shows("ended 0");
    expect(left).toContain("before");
    expect(left).not.toContain("Overview");
  });

  it("is redrawn in every size", async () => {
    await using bus = new TestBus();
    bus.startHello();
    using terminal = new Terminal(bus.env);
    const log = bus.dir.join("written");
    terminal.record(log);
    await terminal.startTui();
    await terminal.shows(/┌ Now playing[^\n]*┌ Audio/);
    terminal.resize(60, 20);
    await terminal.shows("┌ Now ──");
    terminal.resize(40, 12);
    const small = await terminal.shows(/^no track/m);
    expect(small).not.toContain("┌");
    terminal.resize(32, 8);
    await terminal.shows("terminal 32×8 – need 40×12");
    terminal.resize(39, 11);
    await terminal.shows("terminal 39×11 – need 40×12");
    terminal.resize(20, 5);
    await terminal.shows("20×5");
    terminal.resize(1, 1);
    terminal.resize(500, 3);
    await terminal.shows("terminal 500×3 – need 40×12");
    terminal.resize(120, 36);
    const large = await terminal.shows("┌ Log ─");
    expect(large.split("\n").filter((row) => row.includes("VJ 1 Overview"))).toHaveLength(1);
    const written = readFileSync(log, "utf8");
    const own = written.slice(written.indexOf("\u001b[?1049h"));
    // One clear, of the first picture; no scrollback is erased, and no line break scrolls.
    expect(own.match(/\u001b\[[23]?J/g)).toEqual(["\u001b[2J"]);
    expect(own).not.toMatch(/[\r\n]/);
  });

  it("writes at most 8 KiB a second at 120×40 while sound is shown, and clears the screen once", async () => {
    await using bus = new TestBus();
    bus.startAnalyzer();
    using terminal = new Terminal(bus.env, 120, 40);
    const log = bus.dir.join("written");
    terminal.record(log);
    await terminal.startTui();
    await terminal.shows("demo signal · ok");
    terminal.type("6");
    await terminal.shows("/audio/levels");
    terminal.type("3");
    await terminal.shows("✓ sound");
    const size = (): number => statSync(log).size;
    const [before, begin] = [size(), performance.now()];
    const seconds = (): number => (performance.now() - begin) / 1000;
    await waitFor("pictures", () => size() > before);
    // What is counted is bytes over time: there is nothing to wait for but these.
    while (size() - before < 60_000 && seconds() < 8) await delay(100);
    // A picture may be large where others before it were small: see byte-budget.ts. The last one may be too large by itself.
    expect(size() - before).toBeLessThan(8192 * seconds() + 16_000 + 8000);
    const written = readFileSync(log, "utf8");
    const own = written.slice(written.indexOf("\u001b[?1049h"));
    expect(own.match(/\u001b\[[0-3]?J/g)).toEqual(["\u001b[2J"]);
    expect(own).not.toMatch(/[\r\n]/);
  });

  it("gives the screen back to the shell with ctrl-z, and takes it again with fg", async () => {
    await using bus = new TestBus();
    bus.startHello();
    using terminal = new Terminal(bus.env);
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    terminal.type("C-z");
    const shell = await terminal.shows("Stopped");
    expect(shell).not.toContain("Overview");
    terminal.type("fg", "Enter");
    await terminal.shows(/✓ hello +running/);
    terminal.type("2");
    await terminal.shows("No process manager: crashed workers stay down");
    terminal.type("q");
    expect(await terminal.shows(/^shell>\s*$/m)).not.toContain("Overview");
  });

  it("takes keys again after SIGSTOP, which leaves it no time to give anything back, and fg", async () => {
    await using bus = new TestBus();
    bus.startHello();
    using terminal = new Terminal(bus.env);
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    const pid = terminal.tuiPid();
    process.kill(pid, "SIGSTOP");
    // The shell notices, and sets its own modes.
    await terminal.shows("Stopped");
    // In the background it writes nothing over what the shell shows: the system stops it again.
    process.kill(pid, "SIGCONT");
    await waitFor("a stop by the system", () => readFileSync(`/proc/${pid}/stat`, "utf8").includes(") T "));
    terminal.type("clear; fg", "Enter");
    await terminal.shows(/✓ hello +running/);
    terminal.type("2");
    await terminal.shows("No process manager: crashed workers stay down");
    terminal.type("q");
    await terminal.shows(/^shell>\s*$/m);
  });

  it("restores the screen when it is ended from outside, and shows the same when started again after a crash", async () => {
    await using bus = new TestBus();
    bus.startHello();
    using terminal = new Terminal(bus.env);
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    process.kill(terminal.tuiPid(), "SIGTERM");
    const ended = await terminal.shows("ended 0");
    expect(ended).not.toContain("Overview");

    terminal.type("clear", "Enter");
    await waitFor("a clear screen", () => !terminal.screen().includes("ended"));
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    process.kill(terminal.tuiPid(), "SIGKILL");
    await waitFor("the screen of the shell", () => !terminal.screen().includes("Overview"));
    // No reset and no stty is needed: lines are edited, signals work, and the mouse and pastes are the shell's.
    terminal.type("stty -a | grep -c -e -icanon -e -isig -e -opost", "Enter");
    await terminal.shows(/^0$/m);
    expect(terminal.modes()).toEqual({ mouse: "0", alternate: "0", cursor: "1", wrap: "1" });
    terminal.type("clear", "Enter");
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    terminal.type("q");
    await terminal.shows("ended 0");
  });

  it("takes keys although the keeper of a program that was killed before set the terminal back", async () => {
    await using bus = new TestBus();
    using terminal = new Terminal(bus.env);
    await terminal.startTui();
    terminal.makeSane();
    terminal.type("q");
    await terminal.shows("ended 0");
  });

  it("restores the screen when it crashes, and shows why", async () => {
    await using bus = new TestBus();
    using terminal = new Terminal(bus.env);
    const fault = "process.on('SIGUSR2',()=>{throw%20new%20Error('a%20fault%20of%20ours')})";
    await terminal.startTui(`--import "data:text/javascript,${fault}"`);
    process.kill(terminal.tuiPid(), "SIGUSR2");
    const crashed = await terminal.shows("ended 1");
    expect(crashed).toContain("Error: a fault of ours");
    expect(crashed).not.toContain("Overview");
  });

  it("takes no command from a paste, marked or not, and goes on taking keys", async () => {
    await using bus = new TestBus();
    bus.startManager();
    using terminal = new Terminal(bus.env);
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    const tui = terminal.tuiPid();
    for (const text of ["FAQ: yes", "Questions? Yes, all my lyrics say: Quit your crying", "s\ny\nQ\ny\n", "Qy"]) {
      for (const marked of [true, false]) {
        terminal.type("Q");
        await terminal.shows("Stop all workers?");
        terminal.paste(text, marked);
        await terminal.shows("Pasted text answers no question");
        terminal.paste(text, marked);
        await terminal.shows("Pasted text is not taken as keys");
        await afterQuiet();
        // A question that was opened by the paste would take this for its answer.
        terminal.type("y");
        await afterQuiet();
        terminal.type("2");
        await terminal.shows("process_manager pid");
        terminal.type("1");
        await terminal.shows("┌ Now playing");
      }
    }
    expect(terminal.tuiPid()).toBe(tui);
    expect(await terminal.shows(/✓ hello +running/)).not.toContain("Stop all");

    // Where the text is welcome: in a field.
    terminal.type("7");
    await terminal.shows("Logs ─");
    terminal.type("/");
    await terminal.shows("lines with:");
    terminal.paste("Quit\nyes\n", true);
    await terminal.shows("lines with: Quit yes");
    await afterQuiet();
    terminal.type("Escape");
    await terminal.shows(/q quit/);
    terminal.type("q");
    await terminal.shows("ended 0");
    // The terminal marks pastes no longer.
    await terminal.startCat();
    terminal.paste("unmarked", true);
    expect(await terminal.shows(/^unmarked$/m)).not.toContain("200~");
  });

  it("gives the terminal back when it is stopped by a signal", async () => {
    await using bus = new TestBus();
    bus.startHello();
    using terminal = new Terminal(bus.env);
    await terminal.startTui();
    await terminal.shows(/✓ hello +running/);
    process.kill(terminal.tuiPid(), "SIGTSTP");
    expect(await terminal.shows("Stopped")).not.toContain("Overview");
    await terminal.startCat();
    terminal.paste("unmarked", true);
    await terminal.shows(/^unmarked$/m);
    terminal.type("C-c");
    await terminal.shows(/^shell>\s*$/m);
    terminal.type("fg", "Enter");
    await terminal.shows(/✓ hello +running/);
    terminal.paste("Qy", true);
    await terminal.shows("Pasted text is not taken as keys");
    await afterQuiet();
    terminal.type("q");
    expect(await terminal.shows(/^shell>\s*$/m)).not.toContain("Overview");
  });

  it("ends when its terminal closes", async () => {
    await using bus = new TestBus();
    bus.startHello();
    let pid = 0;
    {
      using terminal = new Terminal(bus.env);
      await terminal.startTui();
      await terminal.shows(/✓ hello +running/);
      pid = terminal.tuiPid();
    }
    await waitFor("the end of the TUI", () => !isProcessAlive(pid));
  });

  it("prints plain lines where no picture can be drawn", async () => {
    await using bus = new TestBus();
    bus.startHello();
    using terminal = new Terminal(bus.env);
    await terminal.shows("shell>");
    terminal.type(`TERM=dumb ${process.execPath} ${import.meta.dirname}/../bin/tui.js; echo "ended $?"`, "Enter");
    await terminal.shows(/^[\d:]{8} hello running \(pid \d+\)$/m);
    terminal.type("C-c");
    await terminal.shows("ended 0");
  });
});

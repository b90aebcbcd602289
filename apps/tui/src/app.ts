import { createByteBudget } from "./byte-budget.ts";
import { openKeyboard } from "./input/keyboard.ts";
import type { Keyboard } from "./input/keyboard.ts";
import { holdMs } from "./input/key-reader.ts";
import type { Input } from "./input/key-reader.ts";
import { clipboardSequence } from "./ink/clipboard.ts";
import { openTerminal } from "./ink/terminal.ts";
import type { Terminal } from "./ink/terminal.ts";
import type { TuiEnvironment } from "./config.ts";
import type { TuiRig } from "./open-rig.ts";
import { calmPace, startPace, usualPace } from "./pace.ts";
import type { Pace } from "./pace.ts";
import { shownRig } from "./rig/shown.ts";
import { createScreens } from "./screens/index.ts";
import { createSession } from "./session.ts";
import type { PaintedPicture, Session } from "./session.ts";
import { createKeyTable } from "./ui/key-table.ts";

export interface AppOptions {
  readonly rig: TuiRig;
  readonly environment: TuiEnvironment;
  /** What quitting does, for the footer and the help. */
  readonly quitLabel: string;
  /** The modes of the terminal before it is taken, as `stty -g` names them; undefined: not known. */
  readonly modes: string | undefined;
  /** Stops this process until the shell continues it. */
  readonly stopUntilContinued: () => void;
}

/** One row is written anew as often as this, milliseconds: what another program wrote is gone after as many seconds as there are rows. */
const healMs = 1000;
/** After the last resize event the picture is drawn in the new size this much later, milliseconds. */
const resizeMs = 50;

/** The rig on this terminal: input goes to the session, and its pictures go to the screen, at the screen's pace. */
export class App {
  readonly #rig: TuiRig;
  readonly #session: Session;
  readonly #keyboard: Keyboard | undefined;
  readonly #terminal: Terminal;
  readonly #calm: boolean;
  readonly #pace: Pace;
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: readonly (() => void)[];
  #picture: PaintedPicture = { rows: [], width: 0 };
  readonly #budget = createByteBudget();
  /** A person waits for the next picture. */
  #asked = false;
  #resizing: NodeJS.Timeout | undefined;
  #suspended = false;
  #healedAt = performance.now();
  #over = false;
  /** Resolves when the person has left, or the terminal is gone. */
  readonly finished: Promise<void>;
  /** Ends it from outside. */
  readonly finish: () => void;

  constructor({ rig, environment, quitLabel, modes, stopUntilContinued }: AppOptions) {
    this.#rig = rig;
    let finish = (): void => {};
    this.finished = new Promise<void>((resolve) => (finish = resolve));
    this.finish = finish;
    this.#keyboard = environment.keyboard
      ? openKeyboard({ onInput: (input) => this.#take(input), typing: () => this.#session.typing, onLost: finish })
      : undefined;
    this.#keyboard?.useMouse(environment.mouse);
    this.#calm = environment.calm;
    this.#terminal = openTerminal({
      frames: {
        get: () => this.#picture,
        subscribe: (listener) => {
          this.#listeners.add(listener);
          return () => void this.#listeners.delete(listener);
        },
      },
      keyboard: this.#keyboard,
      modes,
      onResize: () => this.#resized(),
    });
    const screens = createScreens();
    this.#session = createSession({
      screens,
      keys: createKeyTable(screens, quitLabel, environment.themes.map(({ name }) => name)),
      palette: environment.palette,
      themes: environment.themes,
      keyboard: environment.keyboard,
      mouse: environment.mouse,
      calm: environment.calm,
      commands: rig.commands,
      rig: rig.store.get,
      shown: shownRig(rig.store),
      telemetry: rig.telemetry,
      size: this.#terminal.size,
      now: Date.now,
      quit: finish,
      redraw: () => this.#redraw(),
      suspend: () => {
        this.suspend();
        stopUntilContinued();
      },
      // A character waits that long for others before it counts as a key.
      pressedUs: () => Number(process.hrtime.bigint() / 1000n) - holdMs * 1000,
      copy: (text) => {
        process.stdout.write(clipboardSequence(text));
        rig.store.dispatch({ type: "notice", level: "info", text: "Copied, where the terminal allows it" });
      },
      say: (text) => rig.store.dispatch({ type: "notice", level: "info", text }),
    });
    this.#pace = startPace(() => this.#draw(), environment.calm ? calmPace : usualPace);
    this.#unwatch = [
      rig.onMove(() => this.#pace.follow()),
      rig.store.subscribe((_state, event) => {
        if (event.type !== "bus" || event.figuresOnly !== true) this.#pace.wake();
      }),
    ];
  }

  /** Takes over the screen. */
  enter(): void {
    this.#terminal.enter();
  }

  /** Restores the screen; safe to call more than once. */
  leave(): void {
    this.#terminal.leave();
  }

  /** Restores the screen until {@link resume}. */
  suspend(): void {
    this.#suspended = true;
    this.#terminal.leave();
  }

  /** Shows the newest picture after {@link suspend}, or after a stop that could not be foreseen. */
  resume(): void {
    if (!this.#suspended) this.#terminal.takeAgain();
    this.#suspended = false;
    this.#redraw();
  }

  /** Stops drawing and restores the screen, for good. */
  close(): void {
    this.#over = true;
    this.#pace.stop();
    clearTimeout(this.#resizing);
    for (const unwatch of this.#unwatch) unwatch();
    this.#terminal.leave();
  }

  #take(input: Input): void {
    const before = this.#session.addresses;
    if (input.type === "key") this.#session.press(input.key);
    else if (input.type === "text") this.#session.paste(input.text);
    else if (input.act === "press") this.#session.click(input.column, input.row);
    else this.#session.wheel(input.act === "wheel up" ? "up" : "down");
    this.#keyboard?.useMouse(this.#session.ui.mouse);
    if (this.#session.addresses !== before) this.#rig.listen(this.#session.addresses, this.#session.rate);
    this.#asked = true;
    this.#pace.now();
  }

  /** Draws, and now and then writes a row anew. @returns whether the picture is changing */
  #draw(): boolean {
    // Rows of the old size would wrap in a terminal of the new size; drawing resumes at the end of the resize.
    if (this.#resizing !== undefined || this.#suspended) return false;
    const now = performance.now();
    if (!this.#asked && this.#budget.isSpent(now)) return true;
    this.#asked = false;
    const before = this.#terminal.written;
    const next = this.#session.draw();
    if (next !== this.#picture) {
      this.#picture = next;
      for (const listener of [...this.#listeners]) listener();
    }
    if (!this.#calm && now - this.#healedAt >= healMs) {
      this.#healedAt = now;
      this.#terminal.heal();
    }
    this.#budget.spend(this.#terminal.written - before, now);
    return this.#session.moving;
  }

  #redraw(): void {
    if (this.#suspended || this.#over) return;
    this.#terminal.forget();
    this.#asked = true;
    this.#pace.now();
    this.#terminal.enter();
  }

  #resized(): void {
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => {
      this.#resizing = undefined;
      this.#redraw();
    }, resizeMs);
  }
}

import type { Commands } from "./rig/commands.ts";
import type { RigState } from "./rig/rig-state.ts";
import { audioView } from "./telemetry/audio.ts";
import type { TelemetrySnapshot } from "./telemetry/snapshot.ts";
import { paint } from "./text/paint.ts";
import { remember, rememberOf } from "./text/remember.ts";
import type { Palette } from "./text/paint.ts";
import { asciiSignSet, unicodeSigns } from "./text/signs.ts";
import type { TerminalSize } from "./text/size.ts";
import type { Line } from "./text/span.ts";
import type { Theme } from "./text/theme.ts";
import { calmed } from "./telemetry/calm.ts";
import { choose, clickAt, isChosen } from "./ui/clicks.ts";
import { compose } from "./ui/compose.ts";
import type { KeyTable } from "./ui/key-table.ts";
import { findBinding } from "./ui/keys.ts";
import type { KeyGroup } from "./ui/keys.ts";
import { isTyping, pasteInto, typeInto } from "./ui/overlay-keys.ts";
import type { MountedScreen } from "./ui/screen.ts";
import { firstUi, showScreen } from "./ui/ui-state.ts";
import type { UiState } from "./ui/ui-state.ts";

export interface SessionOptions {
  readonly screens: readonly MountedScreen[];
  readonly keys: KeyTable;
  readonly palette: Palette;
  /** Looks that may be chosen by name in place of that of `palette`; default: none. */
  readonly themes?: readonly Theme[];
  /** Whether there is a keyboard; without, nothing is offered. */
  readonly keyboard: boolean;
  /** Whether clicks and the wheel are taken at first; default false. */
  readonly mouse?: boolean;
  /** Whether nothing may blink; default false. */
  readonly calm?: boolean;
  readonly commands: Commands;
  /** What is known now. */
  rig(): RigState;
  /** What is drawn of it; default: all. */
  shown?(): RigState;
  telemetry(): TelemetrySnapshot;
  size(): TerminalSize;
  /** Epoch milliseconds. */
  now(): number;
  quit(): void;
  redraw(): void;
  suspend(): void;
  /** Tells the person something. */
  say(text: string): void;
  /** When the key that is acted on now was pressed, microseconds of `process.hrtime`. */
  pressedUs(): number;
  /** Puts a text into the clipboard. */
  copy(text: string): void;
}

/** Rows as the terminal shows them, each `width` cells wide. */
export interface PaintedPicture {
  readonly rows: readonly string[];
  readonly width: number;
}

/** One person in front of one screen: from keys to what is shown, from what is known to painted rows. No I/O. */
export interface Session {
  readonly ui: UiState;
  /** Whether the picture changes faster than a person reads: sound is being shown. */
  readonly moving: boolean;
  /** Whether a text field takes what is typed. */
  readonly typing: boolean;
  /** The telemetry that is shown: all, or these addresses. */
  readonly addresses: "all" | readonly string[];
  /** Messages per second of each stream that the shown screen needs; undefined: one for each picture. */
  readonly rate: number | undefined;
  /** Acts on a key. Draw afterwards. */
  press(key: string): void;
  /** Acts on a click at a cell, from 0. Draw afterwards. */
  click(column: number, row: number): void;
  /** Acts on the wheel. Draw afterwards. */
  wheel(direction: "up" | "down"): void;
  /** A text that was pasted, or written faster than keys are pressed: never a command. Draw afterwards. */
  paste(text: string): void;
  /** The picture as it is now; the same object while no row is different. */
  draw(): PaintedPicture;
}

/** Rows that a notch of the wheel scrolls. */
const wheelRows = 3;

const viewOnly: readonly KeyGroup[] = [
  { title: "", bindings: [{ keys: ["ctrl+c"], label: "quit (view only: there is no keyboard)", footer: 1, run: () => {} }] },
];

export function createSession(options: SessionOptions): Session {
  const { screens, keys, palette, commands, themes = [] } = options;
  const signs = palette.ascii ? asciiSignSet : unicodeSigns;
  let ui: UiState = { ...firstUi, mouse: options.mouse ?? false };
  let known = look();
  let moving = false;
  const lastPainting = remember<(line: Line) => string>();
  /** Each look has its own painted rows. */
  const painting = (): ((line: Line) => string) => {
    const theme = themes.find(({ name }) => name === ui.theme) ?? palette.theme;
    return lastPainting([theme], () => rememberOf((line: Line) => paint(line, theme === undefined ? palette : { ...palette, theme })));
  };
  let painted: PaintedPicture = { rows: [], width: 0 };
  let page = 1;
  let scrollEnd = 0;
  let lines: readonly Line[] = [];

  function look(): { rig: RigState; telemetry: TelemetrySnapshot; now: number } {
    const telemetry = options.telemetry();
    return { rig: options.shown?.() ?? options.rig(), telemetry: options.calm === true ? calmed(telemetry) : telemetry, now: options.now() };
  }

  const shownScreen = (): MountedScreen | undefined => screens.find(({ id }) => id === ui.screen);

  const closeQuestion = (): boolean => {
    if (ui.overlay?.kind !== "confirm") return false;
    ui = { ...ui, overlay: ui.overlay.under };
    return true;
  };

  const dropUnanswered = (): void => {
    if (ui.overlay?.kind === "confirm" && options.now() >= ui.overlay.until) closeQuestion();
  };

  const press = (key: string): void => {
    dropUnanswered();
    const typed = typeInto(ui, key, options.rig());
    if (typed === undefined) act(key);
    else ui = typed;
  };

  /** Does what a key is bound to; any other key answers an open question with no. */
  const act = (key: string): void => {
    const binding = findBinding(keys.active(ui, options.rig()), key);
    if (binding === undefined) {
      closeQuestion();
      return;
    }
    binding.run({
      // Actions go by the rig as it is now, even while the view stands still.
      rig: options.rig(),
      telemetry: options.telemetry(),
      ui,
      page,
      scrollEnd,
      commands,
      now: options.now(),
      pressedUs: options.pressedUs(),
      setUi: (next) => (ui = next),
      say: options.say,
      copy: options.copy,
      show,
      open,
      back,
      quit: options.quit,
      redraw: options.redraw,
      suspend: options.suspend,
    });
  };

  const show = (screen: string, worker?: string): void => {
    ui = { ...showScreen(ui, screen), ...(worker === undefined ? {} : { worker }) };
    screens.find(({ id }) => id === screen)?.enter(worker);
  };

  const open = (screen: string, worker?: string): void => {
    const { screen: from, scroll, cameFrom } = ui;
    show(screen, worker);
    ui = { ...ui, cameFrom: { screen: from, scroll, cameFrom } };
  };

  const back = (): boolean => {
    const { cameFrom } = ui;
    if (cameFrom !== undefined) ui = { ...ui, overlay: undefined, ...cameFrom };
    return cameFrom !== undefined;
  };

  const click = (column: number, row: number): void => {
    const hit = clickAt(lines, column, row);
    if (hit === undefined) return;
    if (hit.kind === "key") {
      dropUnanswered();
      // A click on the name of a key writes nothing into a text, and opens nothing over one.
      act(hit.key);
      return;
    }
    // An overlay takes every key and click.
    if (ui.overlay !== undefined && ui.overlay.kind !== "help" && ui.overlay.kind !== "troubles") return;
    if (hit.kind === "screen") show(hit.id);
    else if (isChosen(hit, ui, options.rig())) press("return");
    else ui = choose(hit, ui);
  };

  const wheel = (direction: "up" | "down"): void => {
    const scrolls = findBinding(keys.active(ui, options.rig()), direction)?.label.startsWith("scroll") === true;
    for (let step = 0; step < (scrolls ? wheelRows : 1); step += 1) press(direction);
  };

  const paste = (text: string): void => {
    const pasted = pasteInto(ui, text.replace(/[\r\n]+$/, ""), options.rig());
    if (pasted !== undefined) ui = pasted;
    else options.say(closeQuestion() ? "Pasted text answers no question: nothing is done" : ui.overlay?.kind === "form" ? "Pasted text needs a field that takes text" : "Pasted text is not taken as keys");
  };

  const draw = (): PaintedPicture => {
    dropUnanswered();
    if (!ui.paused) known = look();
    // What a form sends is not to be followed by a question of the screen below it.
    const asked = ui.paused || ui.overlay !== undefined ? undefined : shownScreen()?.poll(known.rig, known.now);
    if (asked !== undefined) void commands.send(asked);
    moving = !ui.paused && shownScreen()?.isStill !== true && audioView(known.telemetry, known.now).levels !== undefined;
    const active = options.keyboard ? keys.active(ui, known.rig) : viewOnly;
    const size = options.size();
    const picture = compose({ screens, size, active, help: keys.ofScreen(ui, known.rig), actions: (look) => keys.actions(look), ui, known: { ...known, signs } });
    page = picture.page;
    ({ lines } = picture);
    scrollEnd = picture.scrollEnd;
    const next = { rows: picture.lines.map(painting()), width: size.columns };
    if (!isSame(next, painted)) painted = next;
    return painted;
  };

  return {
    get ui() {
      return ui;
    },
    get addresses() {
      return shownScreen()?.listens() ?? "all";
    },
    get rate() {
      return shownScreen()?.rate;
    },
    get typing() {
      return isTyping(ui.overlay, options.rig());
    },
    get moving() {
      return moving;
    },
    press,
    click,
    wheel,
    paste,
    draw,
  };
}

function isSame(one: PaintedPicture, other: PaintedPicture): boolean {
  return one.width === other.width && one.rows.length === other.rows.length && one.rows.every((row, index) => row === other.rows[index]);
}

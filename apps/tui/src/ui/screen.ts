import type { RigState, Wish } from "../rig/rig-state.ts";
import { remember } from "../text/remember.ts";
import type { Drawing, View } from "../widgets/view.ts";
import type { KeyBinding, KeyContext } from "./keys.ts";

/**
 * The addresses requested on screens that need no others. Sound sends hundreds of messages a second, and each costs a
 * little time even when it is not shown.
 */
export const usualAddresses: readonly string[] = ["/audio/levels", "/audio/beat", "/audio/bpm", "/karaoke/*"];

/** One screen with its own state. To add one, write its file and list it in `screens/index.ts`. */
export interface Screen<S> {
  readonly id: string;
  /** The key that shows it. */
  readonly key: string;
  readonly title: string;
  readonly init: S;
  /** Its own keys in this state, besides the keys of every screen. */
  keys(state: S, rig: RigState): readonly ScreenKey<S>[];
  draw(view: View, state: S): Drawing;
  /** The telemetry it shows: all, or addresses, exact or as prefixes that end in `*`. */
  listens(state: S): "all" | readonly string[];
  /** Messages per second of each stream that it needs; left out: one for each picture. */
  readonly rate?: number;
  /** Nothing in it moves with the sound, so that two pictures a second are enough while nothing happens. */
  readonly isStill?: boolean;
  /**
   * The command that it sends to a worker now, while it is shown; undefined: none. Called for each picture, so it takes the time of the last answer into account. Pure.
   * @param now epoch milliseconds
   */
  poll?(state: S, rig: RigState, now: number): Wish | undefined;
  /**
   * The state with which it is opened; left out: the earlier one. @param worker the worker that the person wants to see
   * there; undefined: none
   */
  enter?(state: S, worker: string | undefined): S;
}

/** A key of one screen. It changes the state of the screen, performs an action, or both in this order. */
export interface ScreenKey<S> extends Omit<KeyBinding, "run"> {
  /** The state after the key; the view is scrolled back. Pure. */
  readonly reduce?: (state: S, rig: RigState) => S;
  readonly run?: (context: ScreenContext<S>) => void;
}

/** The things that a key of a screen can act on. */
export interface ScreenContext<S> extends KeyContext {
  readonly state: S;
  /** Changes the state later, for example after text input. */
  update(change: (state: S) => S): void;
}

/** A screen in use, with its state. */
export interface MountedScreen extends Pick<Screen<unknown>, "id" | "key" | "title" | "rate" | "isStill"> {
  keys(rig: RigState): readonly KeyBinding[];
  /** See {@link Screen.poll}. */
  poll(rig: RigState, now: number): Wish | undefined;
  draw(view: View): Drawing;
  listens(): "all" | readonly string[];
  /** Opens it. @param worker see {@link Screen.enter} */
  enter(worker: string | undefined): void;
}

/** Creates a screen in use. */
export function mountScreen<S>(screen: Screen<S>): MountedScreen {
  const { id, key, title, rate, isStill } = screen;
  let state = screen.init;
  const update = (change: (state: S) => S): void => void (state = change(state));
  const lastKeys = remember<readonly KeyBinding[]>();
  const bind = ({ reduce, run, ...shown }: ScreenKey<S>): KeyBinding => ({
    ...shown,
    run: (context) => {
      if (reduce !== undefined) {
        state = reduce(state, context.rig);
        context.setUi({ ...context.ui, scroll: 0 });
      }
      run?.({ ...context, state, update });
    },
  });
  return {
    ...{ id, key, title, ...(rate === undefined ? {} : { rate }), ...(isStill === undefined ? {} : { isStill }) },
    keys: (rig) => lastKeys([state, rig], () => screen.keys(state, rig).map(bind)),
    poll: (rig, now) => screen.poll?.(state, rig, now),
    draw: (view) => screen.draw(view, state),
    listens: () => screen.listens(state),
    enter: (worker) => (state = screen.enter?.(state, worker) ?? state),
  };
}

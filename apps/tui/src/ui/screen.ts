import type { RigState } from "../rig/rig-state.ts";
import type { Drawing, View } from "../widgets/view.ts";
import type { KeyBinding, KeyContext } from "./keys.ts";

/**
 * What is listened to on screens that show nothing else. Sound sends hundreds of messages a second, and each costs a little
 * even when nobody looks at it.
 */
export const usualAddresses: readonly string[] = ["/audio/levels", "/audio/beat", "/audio/bpm", "/karaoke/*"];

/** One screen with a state of its own. To add one, write its file and name it in `screens/index.ts`. */
export interface Screen<S> {
  readonly id: string;
  /** The key that shows it. */
  readonly key: string;
  readonly title: string;
  readonly init: S;
  /** Its own keys in this state, besides those of every screen. */
  keys(state: S): readonly ScreenKey<S>[];
  draw(view: View, state: S): Drawing;
  /** The telemetry it shows: all, or addresses, exact or as prefixes that end in `*`. */
  listens(state: S): "all" | readonly string[];
  /** The state in which it is shown anew; left out: as it was. @param worker whom the person wants to see there; undefined: nobody in particular */
  enter?(state: S, worker: string | undefined): S;
}

/** A key of one screen. It changes the state of the screen, or it does something, or both in this order. */
export interface ScreenKey<S> extends Omit<KeyBinding, "run"> {
  /** The state after it; the view begins anew. Pure. */
  readonly reduce?: (state: S, rig: RigState) => S;
  readonly run?: (context: ScreenContext<S>) => void;
}

/** What a key of a screen can act on. */
export interface ScreenContext<S> extends KeyContext {
  readonly state: S;
  /** Changes the state later, for example once a text was typed. */
  update(change: (state: S) => S): void;
}

/** A screen in use: it holds its state. */
export interface MountedScreen {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  keys(): readonly KeyBinding[];
  draw(view: View): Drawing;
  listens(): "all" | readonly string[];
  /** It is shown anew. @param worker see {@link Screen.enter} */
  enter(worker: string | undefined): void;
}

/** Puts a screen to use. */
export function mountScreen<S>(screen: Screen<S>): MountedScreen {
  const { id, key, title } = screen;
  let state = screen.init;
  const update = (change: (state: S) => S): void => void (state = change(state));
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
    ...{ id, key, title },
    keys: () => screen.keys(state).map(bind),
    draw: (view) => screen.draw(view, state),
    listens: () => screen.listens(state),
    enter: (worker) => (state = screen.enter?.(state, worker) ?? state),
  };
}

import type { RigState } from "../rig/rig-state.ts";
import { hasAnyToStart } from "../rig/worker-status.ts";
import { remember } from "../text/remember.ts";
import { globalKeys, screenKeys } from "./global-keys.ts";
import { filterOf } from "./filter.ts";
import type { KeyBinding, KeyGroup, Look } from "./keys.ts";
import { overlayKeys } from "./overlay-keys.ts";
import type { Action } from "./palette/action.ts";
import { allActions } from "./palette/actions.ts";
import type { MountedScreen } from "./screen.ts";
import type { UiState } from "./ui-state.ts";

/** The one key table: what is bound, what the footer shows and what the help shows all come from here. */
export interface KeyTable {
  /** Keys of the screen and of every screen. */
  ofScreen(ui: UiState, rig: RigState): readonly KeyGroup[];
  /** Keys that are bound now: those of the overlay alone while there is one. */
  active(ui: UiState, rig: RigState): readonly KeyGroup[];
  /** Everything that can be done now, for the palette. */
  actions(look: Look): readonly Action[];
}

/** @param quitLabel what quitting does @param themes names of the looks to choose from */
export function createKeyTable(screens: readonly MountedScreen[], quitLabel: string, themes: readonly string[] = []): KeyTable {
  const everywhere = { starting: [globalKeys(quitLabel, true), screenKeys(screens)], running: [globalKeys(quitLabel, false), screenKeys(screens)] };
  const last = remember<readonly KeyGroup[]>();
  const ofScreen = (ui: UiState, rig: RigState): readonly KeyGroup[] => {
    const screen = screens.find(({ id }) => id === ui.screen);
    const bindings = screen?.keys(rig) ?? none;
    const others = hasAnyToStart(rig) ? everywhere.starting : everywhere.running;
    return last([screen, bindings, others, ui.cameFrom, filterOf(ui)], () => (screen === undefined || bindings.length === 0 ? others : [{ title: screen.title, bindings: withWayBack(bindings, ui) }, ...others]));
  };
  const actions = (look: Look): readonly Action[] => allActions({ screens, here: ofScreen(look.ui, look.rig), themes, rig: look.rig });
  return {
    ofScreen,
    active: (ui, rig) => (ui.overlay === undefined ? ofScreen(ui, rig) : [overlayKeys(ui.overlay, rig, actions)]),
    actions,
  };
}

const none: readonly KeyBinding[] = [];

/** On the way from another screen the key that leads back there, which the footer shows. */
function withWayBack(bindings: readonly KeyBinding[], ui: UiState): readonly KeyBinding[] {
  if (ui.cameFrom === undefined) return bindings;
  const own = bindings.find(({ keys }) => keys.includes("escape"));
  if (own === undefined) return [...bindings, { keys: ["escape"], label: "back", footer: 1, run: ({ back }) => void back() }];
  const isShown = own.footer !== undefined || filterOf(ui) !== "";
  return isShown ? bindings : bindings.map((binding) => (binding === own ? { ...own, label: "back", footer: 1 } : binding));
}

import type { RigState } from "../rig/rig-state.ts";
import { globalKeys, screenKeys } from "./global-keys.ts";
import type { KeyGroup } from "./keys.ts";
import { overlayKeys } from "./overlay-keys.ts";
import type { MountedScreen } from "./screen.ts";
import type { UiState } from "./ui-state.ts";

/** The one key table: what is bound, what the footer shows and what the help shows all come from here. */
export interface KeyTable {
  /** Keys of the screen and of every screen. */
  ofScreen(ui: UiState): readonly KeyGroup[];
  /** Keys that are bound now: those of the overlay alone while there is one. */
  active(ui: UiState, rig: RigState): readonly KeyGroup[];
}

/** @param quitLabel what quitting does */
export function createKeyTable(screens: readonly MountedScreen[], quitLabel: string): KeyTable {
  const everywhere = [globalKeys(quitLabel), screenKeys(screens)];
  const ofScreen = (ui: UiState): readonly KeyGroup[] => {
    const screen = screens.find(({ id }) => id === ui.screen);
    const bindings = screen?.keys() ?? [];
    return screen === undefined || bindings.length === 0 ? everywhere : [{ title: screen.title, bindings }, ...everywhere];
  };
  return {
    ofScreen,
    active: (ui, rig) => (ui.overlay === undefined ? ofScreen(ui) : [overlayKeys(ui.overlay, rig)]),
  };
}

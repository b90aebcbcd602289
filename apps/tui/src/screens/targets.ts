import { bold, row } from "../text/span.ts";
import { filterKeys } from "../ui/filter.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen } from "../ui/screen.ts";
import { targetLines } from "../widgets/targets-line.ts";

/** Where the telemetry goes. */
export const targetsScreen: Screen<undefined> = {
  id: "targets",
  key: "8",
  title: "Targets",
  init: undefined,
  keys: () => [...filterKeys("targets with"), ...scrolling()],
  draw: (view) => ({ top: [row(bold("Targets")), []], list: targetLines(view, view.width) }),
  listens: () => usualAddresses,
};

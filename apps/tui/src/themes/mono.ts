import type { Theme } from "../text/theme.ts";

/** Without colours: what is wrong is bold, or in reverse video. */
export const mono: Theme = {
  name: "mono",
  codes: { good: "", warn: "1", bad: "1;7", accent: "1", special: "", note: "", quiet: "2", strong: "1", selected: "7" },
};

import type { Theme } from "../text/theme.ts";

/** For light backgrounds, on which yellow, cyan and dim text can hardly be read. */
export const light: Theme = {
  name: "light",
  codes: { good: "32", warn: "1;35", bad: "1;31", accent: "34", special: "35", note: "34", quiet: "90", strong: "1", selected: "7" },
};

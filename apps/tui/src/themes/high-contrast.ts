import type { Theme } from "../text/theme.ts";

/** Bright colours in bold; nothing is dim. */
export const highContrast: Theme = {
  name: "high-contrast",
  codes: { good: "1;92", warn: "1;93", bad: "1;7;91", accent: "1;96", special: "1;95", note: "1;94", quiet: "", strong: "1", selected: "1;7" },
};

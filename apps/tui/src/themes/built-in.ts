import { defaultTheme } from "../text/theme.ts";
import type { Theme } from "../text/theme.ts";
import { highContrast } from "./high-contrast.ts";
import { light } from "./light.ts";
import { mono } from "./mono.ts";

/** The themes that come with this program, by name. */
export const builtInThemes: readonly Theme[] = [defaultTheme, light, highContrast, mono];

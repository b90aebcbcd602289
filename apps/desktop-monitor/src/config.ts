import { z } from "zod";

const names = z.array(z.string().min(1).max(100)).max(50);

/** `desktop_monitor.json`. */
export const desktopConfig = z.object({
  players: names.default([]).describe("Players that are preferred while they play, the most preferred first, for example vlc"),
  // playerctld repeats another player's state.
  ignore: names.default(["playerctld"]).describe("Players that never count, for example firefox"),
});
/** The settings of `desktop_monitor`. */
export type DesktopConfig = z.output<typeof desktopConfig>;

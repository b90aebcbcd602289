import { z } from "zod";

const names = z.array(z.string().min(1).max(100)).max(50);

/** `desktop_monitor.json`. */
export const desktopConfig = z.object({
  players: names.default([]).describe("Players that go before others while they play, the first before the second, for example vlc"),
  // playerctld repeats what another player says.
  ignore: names.default(["playerctld"]).describe("Players that never count, for example firefox"),
});
export type DesktopConfig = z.output<typeof desktopConfig>;

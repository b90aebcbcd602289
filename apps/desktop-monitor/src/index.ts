// Layout, in reading order:
//   main, config       the program and its settings
//   desktop-monitor    the worker
//   players            the media players of the desktop, followed
//   player-state       the state of one player; mpris: reads its properties; file-name: a title that is only the name of a file. All pure.
//   settle             waits a moment for the tags of such a title
//   session-bus        D-Bus: calls with a time limit, signals; guard-reading: messages that the library cannot read
export { DesktopMonitor } from "./desktop-monitor.ts";
export { desktopConfig } from "./config.ts";
export type { DesktopConfig } from "./config.ts";

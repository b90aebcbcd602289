// Layout, in reading order:
//   main           the program
//   run-tui        the full screen, from start to end;  run-plain: one line per change, without a terminal (plain-lines)
//   config         what the environment, the command line and tui.json say;  colour-level, tui-settings, themes/: the look;  process-events: signals, crashes, a lost terminal
//   open-rig       everything from and to the bus
//     rig/         state and reducer, connections, commands, log files; what a worker's state means in words
//     telemetry/   the newest OSC messages, and what they say
//   session        keys and pictures of one person;  pace: when to draw
//     ui/          key table, overlays, composition of a picture
//       field/     one setting or argument from its JSON Schema: kind, editing, checks
//       form/      fields together: what was typed, its outcome, drawing
//     screens/     one file per screen, named in screens/index
//     widgets/     what several screens draw: sound, track, rows of workers, targets, log lines
//     text/        rows of styled text: fitting, painting, frames, bars, signs
//   app            puts them together;  input/: bytes of the terminal to keys, clicks and texts;  ink/: the terminal
//     paint/       rows to bytes: only the cells that differ;  byte-budget: not more than a slow connection takes
export { runTui } from "./run-tui.ts";
export type { TuiOptions } from "./run-tui.ts";
export { runPlain } from "./run-plain.ts";
export type { PlainOptions } from "./run-plain.ts";

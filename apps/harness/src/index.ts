// Layout, in reading order:
//   rig            the real rig in separate directories; processes: its running processes; remove-rig: the end of both, after-us, rig-remover: also
//                  after this process was killed
//   invariants     conditions that must hold after every fault
//   faults/        the kinds of faults, one export each
//   incidents      which workers supervision delays now
//   chaos          faults, one after the other; chaos-main: the program; report: its table
//   soak           a long run of the real rig; compressed: one as fast as possible; soak-main: the program; slope: whether a figure grows
//   fuzz/          messages made from the schemas; fuzz-main: the program
//   link/          a long run beside a peer of the official Link library; link-main: the program
//   command-line   the command line of a program; options: the values in it
//   long-run, overload, waited   what the programs share
//   random, wave-file
export { runChaos } from "./chaos.ts";
export type { ChaosOptions, ChaosResult } from "./chaos.ts";
export { chaosTable } from "./report.ts";

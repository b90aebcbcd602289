// Layout, in reading order:
//   rig            the real rig in separate directories; processes: its running processes
//   invariants     conditions that must hold after every fault
//   faults/        the kinds of faults, one export each
//   chaos          the run; chaos-main: the program; report: its table
//   random, wave-file
export { runChaos } from "./chaos.ts";
export type { ChaosOptions, ChaosResult } from "./chaos.ts";
export { chaosTable } from "./report.ts";

// The package is the `vj` command; a program that runs it may use the names of its exit codes.
//
// Layout, in reading order:
//   main               assembles the commands; commands/ has one file for each
//   new-command, one-or-all, cli-error, output, signals, config   what all commands share
//   values, table      words to arguments, rows to lines
//   manager, start-manager, request-worker, request-all, connect-worker, gone   talking to processes
//   fleet, watch-status   the state of the workers
//   logs/  osc/  doctor/  dev/  lyrics/  prepare/  tempo/   the parts of the larger commands
export { exitCodes } from "./cli-error.ts";

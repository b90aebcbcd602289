// The package is the `vj` command; a program that runs it may use the names of its exit codes.
//
// Layout, in reading order:
//   main               assembles the commands; commands/ has one file for each
//   new-command, one-or-all, cli-error, output, config   what all commands share
//   values, text-values, take-back   words to arguments; shell-word: and back; table: rows to lines
//   start-manager, worker-places   starts the process manager; connect-worker, running-states: asks workers; known-worker: their names; rig-advice: the next step
//                      after an error
//   fleet, watch-status, track-line   the state of the rig in lines
//   steer              starts, restarts, stops; set-away: settings of a worker that does not run
//   open-browser       shows a page to a person
//   new-file           a file that a command makes, never in the place of another one
//   analysis/          what vj analyze prints (report) and draws (picture, with svg and thin)
//   osc/  doctor/  dev/  lyrics/  prepare/  recording/  targets/  tempo/   the parts of the larger commands
export { exitCodes } from "./cli-error.ts";

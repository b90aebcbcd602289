// Layout, in reading order:
//   main, config         the program and its settings
//   osc-debugger         the worker; debugger-commands: its commands; reply-size: limits a reply to one frame
//   osc-intake           the whole bus, and a port of its own
//   query/               OSCQuery: tree of addresses (pure), answer to a request (pure), server
//   log-intake, log-throttle   all log files as one
//   ring                 the last N of anything
export { OscDebugger } from "./osc-debugger.ts";
export { debuggerConfig } from "./config.ts";
export type { DebuggerConfig } from "./config.ts";

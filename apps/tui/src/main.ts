import { runTui } from "./run-tui.ts";

process.title = "vj tui";
runTui().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

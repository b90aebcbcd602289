import { messageOf } from "@vj/schema";
import { runTui } from "./run-tui.ts";

process.title = "vj tui";
runTui().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});

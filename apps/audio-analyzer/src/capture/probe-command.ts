import { spawn } from "node:child_process";
import { once } from "node:events";

/** Longest wait for output, ms: an idle sink wakes up after two seconds. */
const patienceMs = 4000;

/** Whether a command can be started and soon writes something. It is ended afterwards. */
export async function delivers([command, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  const gone = new Promise<void>((resolve) => {
    // A program that cannot be started has no exit event.
    child.on("exit", () => resolve()).on("error", () => resolve());
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  const wrote = once(child.stdout, "data").then(
    () => true,
    () => false,
  );
  const result = await Promise.race([wrote, gone.then(() => false)]);
  clearTimeout(timer);
  child.kill("SIGKILL");
  await gone;
  return result;
}

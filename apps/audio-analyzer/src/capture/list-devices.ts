import { execFile } from "node:child_process";
import { parseJson } from "@vj/schema";
import { z } from "zod";
import { captureProgram } from "./capture-program.ts";
import type { DeviceInfo } from "./device-info.ts";
import { deviceInfoSchema } from "./device-info.ts";
import { portAudioProblemSchema } from "./port-audio-problem.ts";

/** Limit for the answer, ms: a frozen sound server never answers. */
const listTimeoutMs = 5000;

/** Why there is no list. `module`: the native module does not work here; `system`: the sound system does not answer. */
export class ListDevicesError extends Error {
  override readonly name = "ListDevicesError";
  readonly code: "module" | "system";
  /** The next step for a person. */
  readonly fix: string;

  constructor(code: "module" | "system", message: string, fix: string) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}

/**
 * The current inputs. Uses a fresh process every time: PortAudio's own list is frozen while a stream is open.
 * @param options `signal` ends it, and the process
 * @throws ListDevicesError; the reason of the signal once it aborts
 */
export async function listDevices({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<DeviceInfo[]> {
  signal?.throwIfAborted();
  const { command, args, env, cwd } = captureProgram(["--list"]);
  const { failed, stdout, stderr } = await run(command, args, { env, cwd, signal });
  signal?.throwIfAborted();
  if (failed?.killed === true) {
    throw new ListDevicesError("system", "the sound system did not answer within 5 s", "restart the sound server, then look again");
  }
  const line = stdout.trim().split("\n").at(-1) ?? "";
  if (failed !== null) {
    // It may have died before it could report a reason.
    const crash = { reason: stderr.trim().split("\n").at(-1) ?? "", fix: "restart the sound server, then look again" };
    const { reason, fix } = portAudioProblemSchema.catch(crash).parse(parseJson(line));
    throw new ListDevicesError("module", `sound devices cannot be used directly: ${reason}`, fix);
  }
  return z.array(deviceInfoSchema).parse(JSON.parse(line));
}

interface Outcome {
  failed: { killed?: boolean | undefined } | null;
  stdout: string;
  stderr: string;
}

function run(command: string, args: readonly string[], place: { env: NodeJS.ProcessEnv; cwd: string; signal: AbortSignal | undefined }): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(command, args, { ...place, timeout: listTimeoutMs, killSignal: "SIGKILL" }, (failed, stdout, stderr) =>
      resolve({ failed, stdout, stderr }),
    );
  });
}

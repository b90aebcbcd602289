import { execFile } from "node:child_process";
import { CodedError, parseJson, sanitizeText } from "@vj/schema";
import { z } from "zod";
import { captureProgram } from "./capture-program.ts";
import type { DeviceInfo } from "./device-info.ts";
import { deviceInfoSchema } from "./device-info.ts";
import { portAudioProblemSchema } from "./port-audio-problem.ts";

/** Limit for the answer, ms: a frozen sound server never answers. */
const listTimeoutMs = 5000;
const restart = "restart the sound server, then look again";

/** Why there is no list. `module`: the native module does not work here; `system`: the sound system does not answer; `aborted`: the caller cancelled it. */
export class ListDevicesError extends CodedError<"module" | "system" | "aborted"> {
  override readonly name: string = "ListDevicesError";
  /** The next step for a person; empty where the caller cancelled it. */
  readonly fix: string;

  constructor(code: ListDevicesError["code"], message: string, { fix = "", ...options }: ErrorOptions & { readonly fix?: string } = {}) {
    super(code, message, options);
    this.fix = fix;
  }
}

/**
 * The current inputs. Uses a fresh process every time: PortAudio's own list is frozen while a stream is open.
 * @param options `signal` ends it, and the process
 * @throws ListDevicesError; `aborted` once the signal aborts
 */
export async function listDevices({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<DeviceInfo[]> {
  refuseAborted(signal);
  const { command, args, env, cwd } = captureProgram(["--list"]);
  const { failed, stdout, stderr } = await run(command, args, { env, cwd, signal });
  refuseAborted(signal);
  if (failed?.killed === true) {
    throw new ListDevicesError("system", "the sound system did not answer within 5 s", { fix: restart });
  }
  const line = stdout.trim().split("\n").at(-1) ?? "";
  if (failed !== null) {
    // It may have died before it could report a reason.
    const crash = { reason: stderr.trim().split("\n").at(-1) ?? "", fix: restart };
    const { reason, fix } = portAudioProblemSchema.catch(crash).parse(parseJson(line));
    throw new ListDevicesError("module", `sound devices cannot be used directly: ${reason}`, { fix });
  }
  const devices = z.array(deviceInfoSchema).safeParse(parseJson(line));
  if (!devices.success) throw new ListDevicesError("module", `the list of sound devices cannot be read: "${sanitizeText(line, 80)}"`, { fix: restart });
  return devices.data;
}

function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new ListDevicesError("aborted", "listing the sound devices was aborted", { cause: signal.reason });
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

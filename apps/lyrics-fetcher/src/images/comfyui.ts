import { setTimeout as delay } from "node:timers/promises";
import { HttpError, request, requestBytes } from "@vj/http";
import type { HttpAnswer } from "@vj/http";
import { messageOf, shorten } from "@vj/schema";
import { z } from "zod";
import { followJob } from "./comfyui-socket.ts";
import type { JobProgress } from "./comfyui-socket.ts";
import { pictureKind } from "./picture-kind.ts";
import type { PictureKind } from "./picture-kind.ts";
import type { Workflow } from "./workflow.ts";

/** ComfyUI made no picture. */
class ComfyuiError extends Error {}

export interface MakeOptions {
  /** For example `http://127.0.0.1:8188`. */
  readonly url: string;
  readonly workflow: Workflow;
  /** For the whole work, waiting in the queue included. */
  readonly timeoutMs: number;
  /** Cancels: what runs is interrupted, what waits is taken out of the queue. */
  readonly signal: AbortSignal;
  onProgress(progress: JobProgress): void;
}

export interface MadePicture {
  readonly bytes: Uint8Array;
  readonly kind: PictureKind;
}

const answerMs = 10_000;
/** Largest picture, bytes: a big PNG has 10 MB. */
const largestPicture = 50 * 1_048_576;
const historyBytes = 8 * 1_048_576;
/** How often it is asked whether it is done: the socket may be cut, or not be there. */
const pollMs = 2000;

/** ComfyUI reports the end of a job a moment before the job is in its history. */
const endedMs = 50;

const queuedSchema = z.object({ prompt_id: z.string().max(200) });
const faultSchema = z.object({
  error: z.union([z.string(), z.object({ message: z.string(), details: z.string().nullish() })]),
  node_errors: z.record(z.string(), z.object({ class_type: z.string().nullish(), errors: z.array(z.object({ message: z.string(), details: z.string().nullish() })) })).nullish().catch(null),
});
const imageSchema = z.object({ filename: z.string(), subfolder: z.string().default(""), type: z.string().default("output") });
const entrySchema = z.object({
  outputs: z.record(z.string(), z.looseObject({ images: z.array(imageSchema).optional().catch([]) })).default({}),
  status: z.object({ status_str: z.string().nullish(), messages: z.array(z.unknown()).nullish() }).nullish(),
});
const queueSchema = z.object({ queue_running: z.array(z.array(z.unknown())), queue_pending: z.array(z.array(z.unknown())) });
const failedSchema = z.tuple([z.literal("execution_error"), z.object({ node_type: z.string().nullish(), exception_message: z.string().nullish() })]);

/**
 * Has ComfyUI make a picture: queues the workflow, follows its progress, and takes the picture that it saved.
 * @throws ComfyuiError in words for a person; the reason of the signal when that cancels it
 */
export async function makePicture(options: MakeOptions): Promise<MadePicture> {
  const url = options.url.replace(/\/+$/, "");
  const limit = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, limit]);
  const clientId = crypto.randomUUID();
  const job = followJob(url, clientId, options.onProgress);
  let id: string | undefined;
  try {
    await Promise.race([job.ready, aborted(signal)]);
    // Not cancelled half-way: a job whose id is not known could not be taken back.
    id = await queue(url, options.workflow, clientId, limit);
    job.watch(id);
    signal.throwIfAborted();
    const entry = await result(url, id, job.changed, signal);
    return await download(url, entry, signal);
  } catch (error) {
    if (id !== undefined && !(error instanceof ComfyuiError)) void cancel(url, id, job.isRunning());
    options.signal.throwIfAborted();
    if (limit.aborted) throw new ComfyuiError(`ComfyUI made no picture within ${Math.round(options.timeoutMs / 1000)} s`, { cause: error });
    if (error instanceof ComfyuiError) throw error;
    throw new ComfyuiError(`ComfyUI at ${url}: ${messageOf(error)}`, { cause: error });
  } finally {
    job.close();
  }
}

/** Rejects when the signal does. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(new Error("cancelled"));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

async function queue(url: string, workflow: Workflow, clientId: string, signal: AbortSignal): Promise<string> {
  const answer = await post(url, "/prompt", { prompt: workflow, client_id: clientId }, signal);
  if (answer.status === 400) throw new ComfyuiError(`ComfyUI refuses the workflow: ${faultOf(answer)}`);
  if (answer.status !== 200) throw new ComfyuiError(`ComfyUI answered ${answer.status} ${answer.statusText}`.trim());
  const queued = queuedSchema.safeParse(answer.json).data;
  if (queued === undefined) throw new ComfyuiError(`${url} does not answer as ComfyUI does; check comfyui_url`);
  return queued.prompt_id;
}

/** Waits until the job is in the history. @param changed resolves when the socket says that it ended */
async function result(url: string, id: string, changed: () => Promise<void>, signal: AbortSignal): Promise<z.output<typeof entrySchema>> {
  let missing = 0;
  for (;;) {
    const pause = new AbortController();
    await Promise.race([changed().then(() => delay(endedMs)), delay(pollMs, undefined, { signal: AbortSignal.any([signal, pause.signal]) })]);
    pause.abort();
    signal.throwIfAborted();
    const { json } = await request(`${url}/history/${encodeURIComponent(id)}`, { timeoutMs: answerMs, maxBytes: historyBytes, signal });
    const entry = entrySchema.safeParse(z.record(z.string(), z.unknown()).safeParse(json).data?.[id]).data;
    if (entry !== undefined) {
      if (entry.status?.status_str === "error") throw new ComfyuiError(`ComfyUI failed${reasonOf(entry.status.messages ?? [])}`);
      return entry;
    }
    missing = (await isQueued(url, id, signal)) ? 0 : missing + 1;
    // It moves from the queue to the history: once may be that moment.
    if (missing > 2) throw new ComfyuiError("ComfyUI has lost the job: it was restarted, or somebody cleared its queue");
  }
}

async function isQueued(url: string, id: string, signal: AbortSignal): Promise<boolean> {
  const { json } = await request(`${url}/queue`, { timeoutMs: answerMs, maxBytes: historyBytes, signal });
  const waiting = queueSchema.safeParse(json).data;
  return waiting !== undefined && [...waiting.queue_running, ...waiting.queue_pending].some(([, known]) => known === id);
}

async function download(url: string, { outputs }: z.output<typeof entrySchema>, signal: AbortSignal): Promise<MadePicture> {
  const images = Object.values(outputs).flatMap(({ images: made = [] }) => made);
  // Those of type "temp" are previews.
  const image = images.find(({ type }) => type === "output") ?? images[0];
  if (image === undefined) throw new ComfyuiError("the workflow saves no picture: it needs a node Save Image");
  const { status, bytes } = await requestBytes(`${url}/view?${new URLSearchParams(image).toString()}`, { timeoutMs: 3 * answerMs, maxBytes: largestPicture, signal });
  if (status !== 200) throw new ComfyuiError(`ComfyUI does not give its picture: it answered ${status}`);
  const kind = pictureKind(bytes);
  if (kind === undefined) throw new ComfyuiError("what ComfyUI saved is not a picture that receivers read (png, jpg, gif)");
  return { bytes, kind };
}

/** Takes the job out of the queue; one that runs is interrupted. Another's job is left alone. */
async function cancel(url: string, id: string, running: boolean): Promise<void> {
  const signal = AbortSignal.timeout(answerMs);
  try {
    await post(url, "/queue", { delete: [id] }, signal);
    if (running) await post(url, "/interrupt", { prompt_id: id }, signal);
  } catch (error) {
    // It is away, or will end by itself.
    if (!(error instanceof HttpError)) throw error;
  }
}

function post(url: string, path: string, body: unknown, signal: AbortSignal): Promise<HttpAnswer> {
  return request(`${url}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), timeoutMs: answerMs, signal });
}

function faultOf({ json, statusText }: HttpAnswer): string {
  const fault = faultSchema.safeParse(json).data;
  if (fault === undefined) return statusText;
  const [node] = Object.entries(fault.node_errors ?? {}).flatMap(([id, { class_type, errors }]) => errors.map(({ message, details }) => `node ${id} (${class_type ?? "?"}): ${message} ${details ?? ""}`));
  const { error } = fault;
  return shorten((node ?? (typeof error === "string" ? error : `${error.message} ${error.details ?? ""}`)).trim(), 300);
}

function reasonOf(messages: readonly unknown[]): string {
  const failed = messages.flatMap((message) => failedSchema.safeParse(message).data ?? []).find((part) => typeof part === "object");
  return typeof failed === "object" ? shorten(` in ${failed.node_type ?? "a node"}: ${(failed.exception_message ?? "").trim()}`, 300) : "";
}

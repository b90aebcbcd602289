import { describe, expect, it } from "vitest";
import { waitFor } from "@vj/test-kit";
import { makePicture } from "../src/images/comfyui.ts";
import type { MadePicture } from "../src/images/comfyui.ts";
import type { JobProgress } from "../src/images/comfyui-socket.ts";
import { done, png, standInComfyui } from "./helpers/stand-in-comfyui.ts";
import type { StandInComfyui } from "./helpers/stand-in-comfyui.ts";

interface Job {
  made: Promise<MadePicture>;
  progress: JobProgress[];
  stop: AbortController;
}

function make(url: string, timeoutMs = 20_000): Job {
  const progress: JobProgress[] = [];
  const stop = new AbortController();
  const workflow = { 6: { class_type: "CLIPTextEncode", inputs: { text: "lights" } } };
  const made = makePicture({ url, workflow, timeoutMs, signal: stop.signal, onProgress: (step) => progress.push(step) });
  made.catch(() => {});
  return { made, progress, stop };
}

async function queued(comfyui: StandInComfyui): Promise<Job> {
  const job = make(comfyui.url);
  await waitFor("the prompt", () => comfyui.prompts.length === 1);
  return job;
}

describe("ComfyUI", () => {
  it("makes a picture; its socket says how far it is, and that it is done", async () => {
    const comfyui = await standInComfyui();
    const { made, progress } = await queued(comfyui);
    comfyui.say("status", { status: { exec_info: { queue_remaining: 2 } } });
    comfyui.say("execution_start", { timestamp: 1 });
    comfyui.say("execution_cached", { nodes: ["4"], timestamp: 1 });
    comfyui.say("executing", { node: "3", display_node: "3" });
    comfyui.sayBytes(Buffer.alloc(5000));
    comfyui.say("progress", { value: 7, max: 20, node: "3" });
    comfyui.say("executed", { node: "9", display_node: "9", output: done.outputs[9] });
    await waitFor("the progress", () => progress.length === 3);
    expect(progress.slice(1)).toEqual([{ queued: 2, step: 0, steps: 0 }, { queued: 0, step: 7, steps: 20 }]);
    comfyui.finish();
    const at = performance.now();
    comfyui.say("execution_success", { timestamp: 2 });
    expect((await made).kind).toBe("png");
    expect(Buffer.from((await made).bytes)).toEqual(png);
    // By the socket, and not by the next look after two seconds.
    expect(performance.now() - at).toBeLessThan(1500);
    expect(comfyui.prompts[0]?.prompt).toEqual({ 6: { class_type: "CLIPTextEncode", inputs: { text: "lights" } } });
  });

  it("makes it without its socket, or when that is cut", async () => {
    const comfyui = await standInComfyui();
    comfyui.sockets = false;
    const { made } = await queued(comfyui);
    comfyui.finish();
    expect((await made).kind).toBe("png");
    const other = await standInComfyui();
    const cut = await queued(other);
    other.cutSockets();
    other.finish();
    expect((await cut.made).kind).toBe("png");
  });

  it("gets no more work when the song is over: the running job is interrupted, the queued one deleted", async () => {
    const comfyui = await standInComfyui();
    const waiting = await queued(comfyui);
    waiting.stop.abort();
    await expect(waiting.made).rejects.toThrow(/abort/);
    await waitFor("the prompt to be taken back", () => comfyui.deleted.length === 1);
    expect(comfyui.interrupted).toEqual([]);
    const running = make(comfyui.url);
    await waitFor("the second", () => comfyui.prompts.length === 2);
    comfyui.say("execution_start", {});
    comfyui.say("progress", { value: 1, max: 20, node: "3" });
    await waitFor("the progress", () => running.progress.some(({ steps }) => steps === 20));
    running.stop.abort();
    await waitFor("the interrupt", () => comfyui.interrupted.length === 1);
    expect(comfyui.interrupted).toEqual([comfyui.prompts[1]?.id]);
  });

  const failed = { outputs: {}, status: { status_str: "error", completed: false, messages: [["execution_start", {}], ["execution_error", { node_type: "KSampler", exception_message: "CUDA out of memory\n" }]] } };
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["a node that fails", failed, /in KSampler: CUDA out of memory/],
    ["an interruption", { outputs: {}, status: { status_str: "error", messages: [["execution_interrupted", {}]] } }, /ComfyUI failed$/],
    ["no picture", { outputs: { 5: { latents: [] } }, status: { status_str: "success" } }, /Save Image/],
    ["pictures of another shape", { outputs: { 5: { images: "x" } } }, /Save Image/],
  ])("says so: %s", async (_name, entry, why) => {
    const comfyui = await standInComfyui();
    const { made } = await queued(comfyui);
    comfyui.finish(entry);
    comfyui.say("execution_error", {});
    await expect(made).rejects.toThrow(why);
    expect(comfyui.deleted).toEqual([]);
  });

  it("says what is wrong with the workflow", async () => {
    const comfyui = await standInComfyui();
    const bad = {
      error: { type: "prompt_outputs_failed_validation", message: "Prompt outputs failed validation", details: "", extra_info: {} },
      node_errors: { 4: { errors: [{ type: "value_not_in_list", message: "Value not in list", details: "ckpt_name: 'x.safetensors' not in []", extra_info: {} }], dependent_outputs: ["9"], class_type: "CheckpointLoaderSimple" } },
    };
    comfyui.refuse = (response) => void response.writeHead(400).end(JSON.stringify(bad));
    await expect(make(comfyui.url).made).rejects.toThrow(/refuses the workflow: node 4 \(CheckpointLoaderSimple\): Value not in list ckpt_name: 'x.safetensors'/);
    comfyui.refuse = (response) => void response.writeHead(400).end(JSON.stringify({ error: { type: "prompt_no_outputs", message: "Prompt has no outputs", details: "" }, node_errors: [] }));
    await expect(make(comfyui.url).made).rejects.toThrow(/Prompt has no outputs/);
    comfyui.refuse = (response) => void response.writeHead(500).end("<html>");
    await expect(make(comfyui.url).made).rejects.toThrow(/answered 500/);
    comfyui.refuse = (response) => void response.end("{}");
    await expect(make(comfyui.url).made).rejects.toThrow(/check comfyui_url/);
    comfyui.refuse = (response) => void response.destroy();
    await expect(make(comfyui.url).made).rejects.toThrow(/ComfyUI at http/);
  });

  it("says so when nobody is there, it is too slow, or has lost the job", async () => {
    await expect(make("http://127.0.0.1:9").made).rejects.toThrow(/ComfyUI at http:\/\/127\.0\.0\.1:9: /);
    await expect(make("http://").made).rejects.toThrow(/ComfyUI at/);
    const slow = await standInComfyui();
    await expect(make(slow.url, 300).made).rejects.toThrow(/no picture within/);
    await waitFor("the prompt to be taken back", () => slow.deleted.length === 1);
    const lost = await standInComfyui();
    const { made } = await queued(lost);
    lost.clear();
    lost.say("execution_interrupted", {});
    await expect(made).rejects.toThrow(/lost the job/);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["a web page", Buffer.from("<html>"), /not a picture/],
    ["nothing", Buffer.alloc(0), /not a picture/],
    ["too much", Buffer.alloc(52_500_000), /longer than/],
  ])("gives %s for its picture: it is refused", async (_name, bytes, why) => {
    const comfyui = await standInComfyui();
    comfyui.view = (response) => void response.end(bytes);
    const { made } = await queued(comfyui);
    comfyui.finish();
    comfyui.say("executing", { node: null });
    await expect(made).rejects.toThrow(why);
  });

  it("is cut within its picture, or does not have it", async () => {
    const comfyui = await standInComfyui();
    comfyui.view = (response) => {
      response.writeHead(200, { "content-length": 1000 }).write("\u0089PNG");
      setImmediate(() => response.destroy());
    };
    const { made } = await queued(comfyui);
    comfyui.finish();
    comfyui.say("execution_success", {});
    await expect(made).rejects.toThrow(/ComfyUI at/);
    comfyui.view = (response) => void response.writeHead(404).end();
    const again = make(comfyui.url);
    await waitFor("the second", () => comfyui.prompts.length === 2);
    comfyui.finish();
    comfyui.say("execution_success", {});
    await expect(again.made).rejects.toThrow(/answered 404/);
  });

  it("says more than any message has: only its socket ends", async () => {
    const comfyui = await standInComfyui();
    const { made } = await queued(comfyui);
    comfyui.sayBytes(Buffer.alloc(17 * 1_048_576));
    comfyui.say("progress", { value: "x", max: {} });
    comfyui.finish();
    expect((await made).kind).toBe("png");
  });
});

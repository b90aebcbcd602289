import { readJson, readText } from "@vj/files";
import { messageOf, parseJson } from "@vj/schema";
import { z } from "zod";

/** A workflow as ComfyUI's `/prompt` takes it: nodes by their id. */
export type Workflow = Record<string, unknown>;

/** The values that replace the placeholders of a workflow. */
export interface WorkflowValues {
  readonly prompt: string;
  readonly seed: number;
  readonly artist: string;
  readonly title: string;
  readonly mood: string;
}

const nodesSchema = z.record(z.string(), z.looseObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }));
const placeholder = /\{\{\s*(prompt|seed|artist|title|mood)\s*\}\}/g;

/**
 * Reads a workflow, saved by ComfyUI in its API format, with `{{prompt}}` where the words for the picture belong.
 * @returns its text @throws Error that says what is wrong with it and what to do
 */
export function readWorkflow(file: string): string {
  if (file === "") throw new Error("there is no workflow: save one in ComfyUI (Workflow, Export (API)) with {{prompt}} as its text, and set comfyui_workflow to the file");
  let text: string | undefined;
  try {
    text = readText(file);
  } catch (error) {
    throw new Error(`comfyui_workflow cannot be read: ${messageOf(error)}`, { cause: error });
  }
  if (text === undefined) throw new Error(`comfyui_workflow: ${file} does not exist`);
  const read = readJson(text);
  if (!read.ok) throw new Error(`comfyui_workflow ${file}: ${read.fault}`);
  const { value } = read;
  if (!nodesSchema.safeParse(value).success) {
    const hint = typeof value === "object" && value !== null && "nodes" in value ? "it is saved for the screen; export it as API" : "it is not a workflow in ComfyUI's API format";
    throw new Error(`comfyui_workflow ${file}: ${hint}`);
  }
  if (!/\{\{\s*prompt\s*\}\}/.test(text)) throw new Error(`comfyui_workflow ${file}: put {{prompt}} where the words for the picture belong`);
  return text;
}

/** The workflow with the values of a song. A text that is `{{seed}}` alone becomes a number. */
export function fillWorkflow(text: string, values: WorkflowValues): Workflow {
  return z.record(z.string(), z.unknown()).parse(fill(parseJson(text), values));
}

function fill(value: unknown, values: WorkflowValues): unknown {
  if (typeof value === "string") {
    if (/^\{\{\s*seed\s*\}\}$/.test(value)) return values.seed;
    return value.replaceAll(placeholder, (_whole, name: keyof WorkflowValues) => String(values[name]));
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, unknown]) => [key, fill(item, values)]));
}

import type { ControlClient } from "@vj/control";
import { readDescription, refusalOf } from "@vj/schema";
import type { JsonSchema, Reply } from "@vj/schema";
import { isFields } from "@vj/rig";

/**
 * Values of the types that the schema expects. Where it expects a text, a word that looks like a number, `true` or a list stays the text
 * that was typed, so that a title such as 1979 needs no quotes. Everything else stays as it is.
 * @param words as typed, `key=value` @param values as `parseValues` reads the words
 */
export function withTexts(words: readonly string[], values: Readonly<Record<string, unknown>>, schema: JsonSchema | undefined): Record<string, unknown> {
  const properties = schema?.["properties"];
  const typed = new Map(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const wanted = isFields(properties) ? properties[key] : undefined;
      return [key, typeof value !== "string" && isFields(wanted) && wanted["type"] === "string" ? (typed.get(key) ?? value) : value];
    }),
  );
}

/** The `key=value` words of a command line, and their values as `parseValues` reads them. */
export interface TypedValues {
  readonly words: readonly string[];
  readonly values: Record<string, unknown>;
}

/**
 * Sends a command with values that a person typed. When the worker refuses them, its description says which are texts, and they are sent
 * once more as such.
 */
export async function requestTyped(client: ControlClient, cmd: string, { words, values }: TypedValues, timeoutMs: number): Promise<Reply> {
  const reply = await client.request(cmd, values, { timeoutMs });
  if (refusalOf(reply)?.code !== "bad_arguments" || Object.values(values).every((value) => typeof value === "string")) return reply;
  const described = await client.request("describe", {}, { timeoutMs }).catch(() => undefined);
  const description = readDescription(described?.data).description;
  const texts = withTexts(words, values, cmd === "set_config" ? description?.config_schema : description?.commands[cmd]?.args);
  return Object.entries(texts).some(([key, value]) => value !== values[key]) ? client.request(cmd, texts, { timeoutMs }) : reply;
}

import { processorTime, tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { findModel } from "../src/meaning/find-model.ts";
import { MeaningStore } from "../src/meaning/meaning-store.ts";
import { readAnswer } from "../src/meaning/model-answer.ts";
import { ModelClient, ModelError } from "../src/meaning/model-client.ts";
import { guessMeaning } from "../src/meaning/rules.ts";
import { fails, says, standInModel } from "./helpers/stand-in-model.ts";
import type { StandInModel } from "./helpers/stand-in-model.ts";

const question = { artist: "A", title: "T", lines: [{ text: "I love you tonight" }, { text: "we dance" }, { text: "we dance" }] };
const whole = {
  mood: "love", energy: 0.7, valence: 0.4, categories: { love: 0.9, energetic: 0.6 }, themes: ["night"], adjectives: ["warm"],
  keywords: ["dance"], refrain_lines: ["we dance"], image_prompt: "two dancers",
};
const json = JSON.stringify(whole);
const signal = AbortSignal.timeout(60_000);
const understand = (model: StandInModel, client = new ModelClient()): Promise<unknown> =>
  client.understand({ url: model.url, key: "", model: "m" }, question, { signal, spend: () => {} });

describe("an answer of a model", () => {
  it.each([
    ["whole", json],
    ["fenced", `Sure!\n\`\`\`json\n${json}\n\`\`\`\nEnjoy.`],
    ["after thinking", `<think>What {about} this?</think>${json}`],
    ["before thinking without an end", `${json}<think>hm`],
    ["after thinking without a beginning", `What {about} this? {"mood":"sad"}</think>${json}`],
    ["after words with braces", `For {song} I say: ${json}`],
    ["with numbers as texts", json.replace("0.7", '"0.7"')],
    ["with another name for adjectives", json.replace('"adjectives"', '"visual_adjectives"')],
    ["before many blanks", `${json}${" ".repeat(200_000)}`],
    ["with additional fields", json.replace("{", '{"extra":[1,2],')],
  ])("may be %s", (_, text) => {
    expect(readAnswer(text)).toMatchObject({ ok: true, meaning: { mood: "love", energy: 0.7, adjectives: ["warm"], keywords: ["dance"], source: "model" } });
  });

  it("is brought into range, and cut", () => {
    const wild = { ...whole, energy: 7, valence: -9, categories: { love: 5, happy: "x", unknown: 1 }, themes: "a, b", keywords: Array.from({ length: 99 }, () => "w"), image_prompt: { description: "x", colors: ["red"] } };
    const answer = readAnswer(JSON.stringify(wild));
    expect(answer).toMatchObject({ ok: true, meaning: { energy: 1, valence: -1, categories: { love: 1, happy: 0, sad: 0 }, themes: ["a", "b"], imagePrompt: "x, red" } });
    expect(answer.ok && answer.meaning.keywords).toHaveLength(10);
    expect(readAnswer(JSON.stringify({ energy: 0, valence: 0, mood: "Sad" }))).toMatchObject({ ok: true, meaning: { mood: "sad", themes: [] } });
  });

  it.each([["", "no JSON object"], ["This is a sad song.", "no JSON object"], ["{broken", "no JSON object"], ["{}", "energy"], [json.replace("0.7", "null"), "energy"], [json.replace("0.7", '""'), "energy"], [json.replace("0.7", "[]"), "energy"], [json.replace("0.7", "true"), "energy"], [JSON.stringify({ energy: 1, valence: 0 }), "categories"]])("is unusable: %j", (text, fault) => {
    expect(readAnswer(text)).toMatchObject({ ok: false, fault: expect.stringContaining(fault) });
  });

  it("cannot control a terminal, and does not take long", async () => {
    expect(readAnswer(json.replace("night", "\\u001b[2Jnight"))).toMatchObject({ meaning: { themes: ["night"] } });
    expect(await processorTime(() => readAnswer("<think>".repeat(200_000) + "{".repeat(200_000)))).toBeLessThan(2000);
  });
});

describe("a model", () => {
  it("gets the strictest format that its server supports, which is remembered", async () => {
    const model = await standInModel((response, { response_format }) => (response_format === undefined ? says(json) : fails(400, "response_format is not supported"))(response));
    const client = new ModelClient();
    expect(await understand(model, client)).toMatchObject({ mood: "love" });
    expect(model.chats.map(({ response_format }) => response_format?.type)).toEqual(["json_schema", "json_object", undefined]);
    await understand(model, client);
    expect(model.chats).toHaveLength(4);
    expect(model.chats[0]?.messages[1]?.content).toContain("Artist: A\nTitle: T\nLyrics:\nI love you tonight");
  });

  it("sends an unusable answer back once", async () => {
    const model = await standInModel((response, { messages }) => says(messages.length > 2 ? json : "A song about love.")(response));
    expect(await understand(model)).toMatchObject({ mood: "love" });
    expect(model.chats[1]?.messages.at(-1)?.content).toContain("no JSON object");
    model.answer = says("I will not.");
    await expect(understand(model)).rejects.toThrow(/no usable answer/);
  });

  it.each<[string, Record<string, unknown>]>([
    ["in parts", { content: [{ type: "text", text: json.slice(0, 20) }, { type: "image" }, 5, { type: "text", text: json.slice(20) }] }],
    ["as a call", { content: null, tool_calls: [{ id: "1", type: "function", function: { name: "song", arguments: json } }] }],
    ["with calls that are not any", { content: json, tool_calls: "none" }],
  ])("may answer %s", async (_, message) => {
    const model = await standInModel((response) => response.end(JSON.stringify({ choices: [{ message: { role: "assistant", ...message } }] })));
    expect(await understand(model)).toMatchObject({ mood: "love" });
  });

  it.each([
    ["refuses the key", fails(401, "bad key"), /401 bad key; check llm_api_key/],
    ["does not have the model", fails(404, "no such model"), /check llm_url and llm_model/],
    ["is broken", fails(500), /answered 500/],
    ["refuses every form", fails(400, "never"), /400 never/],
    ["is not a model", ((response) => response.end("<html>")) satisfies StandInModel["answer"], /does not answer as a language model/],
    ["hangs up", ((response) => response.destroy()) satisfies StandInModel["answer"], /cannot be asked/],
  ])("%s, which is reported", async (_, answer, reason) => {
    const model = await standInModel(answer);
    await expect(understand(model)).rejects.toThrow(ModelError);
    await expect(understand(model)).rejects.toThrow(reason);
  });

  it("may ask for a delay", async () => {
    const model = await standInModel(fails(429, "slow down", { "retry-after": "7" }));
    await expect(understand(model)).rejects.toMatchObject({ retryMs: 7000 });
  });

  it("is found at the address in the settings, or where one listens; the key is sent and never shown", async () => {
    const model = await standInModel(fails(401));
    expect(await findModel({ url: `${model.url}/`, model: "", key: "" }, signal)).toMatchObject({ url: model.url, model: "llama3.2:1b" });
    expect(await findModel({ url: "auto", model: "", key: "" }, signal, ["http://127.0.0.1:9/v1", model.url])).toMatchObject({ url: model.url });
    expect(await findModel({ url: "auto", model: "", key: "SECRET" }, signal, [])).toMatchObject({ url: "https://api.openai.com/v1" });
    await expect(findModel({ url: "auto", model: "", key: "" }, signal, ["http://127.0.0.1:9/v1"])).rejects.toThrow(/no language model was found/);
    model.models = [];
    await expect(findModel({ url: model.url, model: "", key: "" }, signal)).rejects.toThrow(/has no model/);
    const refused = await new ModelClient().understand({ url: model.url, key: "SECRET", model: "m" }, question, { signal, spend: () => {} }).catch((error: unknown) => String(error));
    expect([model.keys.at(-1), refused]).toEqual(["Bearer SECRET", expect.not.stringContaining("SECRET")]);
  });
});

describe("a guess by words", () => {
  it("finds the mood in several languages, and is marked", () => {
    expect(guessMeaning(question)).toMatchObject({ source: "rules", mood: "energetic", refrainLines: ["we dance"], keywords: expect.arrayContaining(["DANCE"]) });
    const mood = (text: string): string => guessMeaning({ ...question, title: "", lines: [{ text }] }).mood;
    expect([mood("Tränen, ich bin so traurig"), mood("mi corazón, mi amor"), mood("souvenir d'hier")]).toEqual(["sad", "love", "nostalgic"]);
    expect(guessMeaning({ ...question, title: "", lines: [{ text: "xyz" }] })).toMatchObject({ energy: 0.5, themes: [], mood: "calm" });
    for (const text of ["die Sonne und die Blumen sind hier", "hello, can you hear me", "a warm song that we sang", "das war fast ein runder Tisch", "funeral homes"]) {
      expect([text, guessMeaning({ ...question, title: "", lines: [{ text }] }).themes]).toEqual([text, []]);
    }
  });
});

describe("kept answers", () => {
  it("are of one song and one model; a damaged file is none", async () => {
    await using dir = tempDir();
    const store = new MeaningStore(dir.join("meaning"));
    const answer = readAnswer(json);
    if (!answer.ok) throw new Error(answer.fault);
    await store.put(question, "m", answer.meaning);
    expect(store.get(question, "m")).toEqual(answer.meaning);
    expect([store.get(question, "other"), store.get({ ...question, title: "Other" }, "m")]).toEqual([undefined, undefined]);
  });
});

import { tempDir, waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { MeaningStore } from "../src/meaning/meaning-store.ts";
import type { SongMeaning } from "../src/meaning/song-meaning.ts";
import { ModelClient } from "../src/meaning/model-client.ts";
import { Understanding } from "../src/meaning/understanding.ts";
import { fails, says, standInModel } from "./helpers/stand-in-model.ts";
import type { StandInModel } from "./helpers/stand-in-model.ts";

const json = JSON.stringify({ mood: "happy", energy: 0.5, valence: 0.5, categories: { happy: 1 }, themes: [], adjectives: [], keywords: [], refrain_lines: [] });
const song = (title: string) => ({ artist: "A", title, lines: [{ text: "words" }] });

interface UnderstandingSetup {
  readonly model: StandInModel;
  readonly understanding: Understanding;
  readonly store: MeaningStore;
  /** Source of each meaning that was sent; "" for none. */
  readonly sources: string[];
  readonly problems: string[];
}

function setUp(model: StandInModel, allowed = { perHour: 100 }, answerMs = 30_000): UnderstandingSetup {
  const dir = tempDir();
  const [sources, problems]: [string[], string[]] = [[], []];
  const store = new MeaningStore(dir.join("meaning"));
  const understanding = new Understanding({
    store,
    client: new ModelClient({ answerMs }),
    settings: () => ({ enabled: true, url: model.url, model: "m", key: "", perHour: allowed.perHour }),
    onMeaning: (meaning: SongMeaning | undefined) => sources.push(meaning?.source ?? ""),
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(() => {
    understanding.stop();
    dir.remove();
  });
  return { model, understanding, sources, problems, store };
}

it("guesses at once, then uses the model's answer, and asks once for a song", async () => {
  const { model, understanding, sources, store } = setUp(await standInModel(says(json)));
  understanding.begin(song("One"));
  expect(sources).toEqual(["rules"]);
  await waitFor("the model", () => sources.at(-1) === "model");
  expect(understanding).toMatchObject({ state: "complete", problem: null, model: expect.stringContaining("m at http") });
  await waitFor("the answer to be kept", () => store.get(song("One"), "m"));
  understanding.begin(song("One"));
  await waitFor("the kept answer", () => sources.length === 4);
  expect(sources).toEqual(["rules", "model", "rules", "model"]);
  expect(model.chats).toHaveLength(1);
  understanding.begin({ ...song("Instrumental"), lines: [] });
  expect(sources.at(-1)).toBe("");
});

it("waits for a short pause of the model where a song is prepared, and no longer", async () => {
  const { understanding, model } = setUp(await standInModel(fails(429, "slow down", { "retry-after": "1" })));
  const prepared = understanding.prepare(song("One"), new AbortController().signal);
  await waitFor("the question", () => model.chats.length === 1);
  model.answer = says(json);
  expect(await prepared).toMatchObject({ source: "model" });
  model.answer = fails(429, "slow down", { "retry-after": "60" });
  await expect(understanding.prepare(song("Two"), new AbortController().signal)).rejects.toThrow("429");
  await expect(understanding.prepare(song("Three"), new AbortController().signal)).rejects.toThrow(/asked for a pause; \d+ s are left/);
  expect(model.chats).toHaveLength(3);
  understanding.begin(song("Four"));
  await waitFor("the failure", () => understanding.state === "error");
  expect(understanding.waits).toBe(true);
});

it("drops a song when another one plays", async () => {
  const { model, understanding, sources } = setUp(await standInModel(() => {}));
  understanding.begin(song("Slow"));
  await waitFor("the question", () => model.chats.length === 1);
  model.answer = says(json);
  understanding.begin(song("Next"));
  await waitFor("the model", () => sources.at(-1) === "model");
  expect(sources).toEqual(["rules", "rules", "model"]);
});

it("keeps its guess while the model fails, reports why, and asks no more than is allowed", async () => {
  const { model, understanding, sources, problems } = setUp(await standInModel(fails(500)), { perHour: 2 });
  understanding.begin(song("One"));
  await waitFor("the failure", () => understanding.state === "error");
  expect(understanding.problem).toContain("500");
  understanding.begin(song("Two"));
  await waitFor("the second failure", () => problems.length === 2);
  understanding.begin(song("Three"));
  await waitFor("the budget", () => problems.at(-1)?.includes("llm_per_hour"));
  expect([model.chats.length, new Set(sources)]).toEqual([2, new Set(["rules"])]);
});

it("counts looser forms and the repair too, and asks again where it ended once the setting allows more", async () => {
  const picky: StandInModel["answer"] = (response, { response_format, messages }) => (response_format !== undefined ? fails(400, "response_format") : says(messages.length > 2 ? json : "hm"))(response);
  const model = await standInModel(picky);
  const allowed = { perHour: 2 };
  const { understanding, problems } = setUp(model, allowed);
  for (const [title, perHour, asked, state] of [["One", 2, 2, "error"], ["Two", 3, 3, "error"], ["Three", 5, 5, "complete"]] as const) {
    allowed.perHour = perHour;
    understanding.begin(song(title));
    await waitFor("the end", () => understanding.state !== "running");
    expect([title, model.chats.length, understanding.state]).toEqual([title, asked, state]);
  }
  expect(problems[0]).toContain("2 questions were asked within an hour; llm_per_hour allows 2");
  expect(model.chats.map(({ response_format }) => response_format?.type)).toEqual(["json_schema", "json_object", undefined, undefined, undefined]);
});

const half = json.slice(0, -20);

it.each<[string, StandInModel["answer"], "model" | "rules"]>([
  ["a valid answer", says(json), "model"],
  ["an answer in a fence", says(`Here:\n\`\`\`json\n${json}\n\`\`\`\nBye {}.`.replace(" {}", "")), "model"],
  ["an answer after thinking", says(`<think>{happy}?</think>${json}`), "model"],
  ["numbers out of range", says(json.replace("0.5", "17")), "model"],
  ["prose", says("It is a happy song."), "rules"],
  ["half an answer", says(half), "rules"],
  ["prose, and sense when asked again", (response, { messages }) => says(messages.length > 2 ? json : half)(response), "model"],
  ["no answer in time", () => {}, "rules"],
  ["half a response", (response) => response.writeHead(200, { "content-length": "999" }).write(half, () => response.destroy()), "rules"],
  ["a refusal of every form", fails(400, "no"), "rules"],
  ["a refusal of strict forms", (response, { response_format }) => (response_format === undefined ? says(json) : fails(400, "response_format"))(response), "model"],
  ["too many questions", fails(429, "slow down", { "retry-after": "60" }), "rules"],
  ["a fault", fails(500), "rules"],
  ["an empty answer", says(""), "rules"],
])("ends with an answer or a marked guess, and goes on: %s", async (_, answer, expected) => {
  const { understanding, sources, store, model } = setUp(await standInModel(answer), { perHour: 100 }, 300);
  understanding.begin(song("One"));
  await waitFor("the end", () => ["complete", "error"].includes(understanding.state));
  expect([sources.at(-1), understanding.meaning?.source]).toEqual([expected, expected]);
  await waitFor("what is kept", () => expected === "rules" || store.get(song("One"), "m") !== undefined);
  expect(store.get(song("One"), "m")?.source).toBe(expected === "model" ? "model" : undefined);
  expect(model.chats.length).toBeLessThanOrEqual(3);
});

it("asks anew when a person wants it, although an answer is kept, and says where what is shown comes from", async () => {
  const counted = (response: Parameters<typeof model.answer>[0]): void =>
    void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ choices: [{ message: { content: json } }], usage: { prompt_tokens: 812, completion_tokens: 143 } }));
  const model = await standInModel(counted);
  const { understanding, store } = setUp(model);
  expect(understanding.report).toMatchObject({ source: null, model: null, test: null });
  model.answer = () => {};
  understanding.begin(song("One"));
  await waitFor("the question", () => model.chats.length === 1);
  expect(understanding.report).toMatchObject({ source: "guess", state: "running", model: "m", format: "json_schema", answered_at: null });
  expect(understanding.again(song("One"), true)).toBe(false);
  model.answer = counted;
  understanding.begin(song("One"));
  await waitFor("the answer to be kept", () => store.get(song("One"), "m"));
  expect(understanding.report).toMatchObject({ source: "model", tokens: { prompt: 812, answer: 143 }, answered_at: expect.any(Number), asked_within_hour: 2, per_hour: 100 });
  understanding.begin(song("One"));
  await waitFor("the kept answer", () => understanding.report.source === "cached");
  expect(understanding.report).toMatchObject({ tokens: null, answered_at: expect.any(Number) });
  expect(model.chats).toHaveLength(2);
  expect(understanding.again(song("One"), true)).toBe(true);
  await waitFor("the new answer", () => understanding.report.source === "model");
  expect(model.chats).toHaveLength(3);
  await waitFor("it to be kept", () => understanding.state === "complete");
  expect(understanding.forget(song("One"))).toBe(1);
  expect(understanding.forget(song("One"))).toBe(0);
});

it("tests the model, one test at a time, and says how it went", async () => {
  const { understanding, model } = setUp(await standInModel(says(json)));
  const { signal } = new AbortController();
  expect(understanding.test(signal)).toBe(true);
  expect(understanding.test(signal)).toBe(false);
  await waitFor("the end of the test", () => understanding.report.test?.state === "passed");
  expect(understanding.report.test?.text).toMatch(/^m at http.* answers after \d+\.\d s$/);
  model.answer = fails(401, "who are you");
  understanding.test(signal);
  await waitFor("its failure", () => understanding.report.test?.state === "failed");
  expect(understanding.report.test?.text).toContain("check llm_api_key");
  expect(understanding.meaning).toBeUndefined();
});

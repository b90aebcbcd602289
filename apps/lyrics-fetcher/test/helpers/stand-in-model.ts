import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** One received chat request. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { role: string; content: string }[];
  readonly response_format?: { type: string };
}

/** A server in place of Ollama, LM Studio or OpenAI. */
export interface StandInModel {
  readonly url: string;
  readonly chats: ChatRequest[];
  readonly keys: (string | undefined)[];
  models: string[];
  /** Answers one chat, with a text or in any other way. */
  answer: (response: ServerResponse, chat: ChatRequest) => void;
}

/** The usual answer with this text. */
export const says = (content: string) => (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ choices: [{ message: { role: "assistant", content } }] }));
};

export const fails = (status: number, message = "no", headers: Record<string, string> = {}) => (response: ServerResponse): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify({ error: { message } }));
};

/** Ends with the test. */
export async function standInModel(answer: StandInModel["answer"]): Promise<StandInModel> {
  const server = createServer((request, response) => {
    model.keys.push(request.headers.authorization);
    if (request.url === "/v1/models") return void response.end(JSON.stringify({ data: model.models.map((id) => ({ id })) }));
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text)).on("end", () => {
      const chat = JSON.parse(body) as ChatRequest;
      model.chats.push(chat);
      model.answer(response, chat);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  const url = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}/v1`;
  const model: StandInModel = { url, chats: [], keys: [], models: ["gemma2:2b", "llama3.2:1b"], answer };
  return model;
}

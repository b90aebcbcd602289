import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { HttpError, request, retryAfterMs } from "../src/index.ts";

async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?secret=1`;
}

const faultOf = async (asked: Promise<unknown>): Promise<HttpError> => {
  const error: unknown = await asked.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof HttpError)) throw new Error("there was an answer");
  expect(error.message).not.toContain("secret");
  return error;
};

describe("request", () => {
  it("returns status, headers and JSON of any answer", async () => {
    const url = await served((_, response) => response.writeHead(429, { "retry-after": "7" }).end('{"error":"slow down"}'));
    const answer = await request(url);
    expect(answer).toMatchObject({ status: 429, json: { error: "slow down" } });
    expect(retryAfterMs(answer.headers, 0)).toBe(7000);
  });

  it("sends a form", async () => {
    let [body, type] = ["", ""];
    const url = await served((incoming, response) => {
      type = incoming.headers["content-type"] ?? "";
      incoming.setEncoding("utf8").on("data", (text: string) => (body += text)).on("end", () => response.writeHead(204).end());
    });
    expect(await request(url, { method: "POST", body: new URLSearchParams({ a: "b c" }) })).toMatchObject({ status: 204, text: "", json: undefined });
    expect([body, type]).toEqual(["a=b+c", expect.stringContaining("x-www-form-urlencoded")]);
  });

  it("has no JSON when the answer is a web page", async () => {
    expect((await request(await served((_, response) => response.end("<html>")))).json).toBeUndefined();
  });

  it("reports an address where nothing listens", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await faultOf(request(`http://127.0.0.1:${port}/?secret=1`));
    expect(error).toMatchObject({ code: "offline", message: expect.stringContaining("ECONNREFUSED") });
  });

  it("gives up on a missing or incomplete answer", async () => {
    const silent = await served(() => {});
    expect(await faultOf(request(silent, { timeoutMs: 50 }))).toMatchObject({ code: "timeout" });
    const slow = await served((_, response) => void response.write("{"));
    expect(await faultOf(request(slow, { timeoutMs: 200 }))).toMatchObject({ code: "timeout" });
    const cut = await served((_, response) => response.write("{", () => response.socket?.resetAndDestroy()));
    expect(await faultOf(request(cut))).toMatchObject({ code: "cut" });
    const closed = await served((incoming) => void incoming.socket.destroy());
    expect(await faultOf(request(closed))).toMatchObject({ code: "cut" });
    const other = await served((incoming) => void incoming.socket.end("SSH-2.0-x\r\n\r\n"));
    expect(await faultOf(request(other))).toMatchObject({ code: "cut" });
  });

  it("limits the body, also after decompression", async () => {
    const long = await served((_, response) => response.end("x".repeat(2000)));
    expect(await faultOf(request(long, { maxBytes: 1999 }))).toMatchObject({ code: "too_large" });
    expect((await request(long, { maxBytes: 2000 })).text).toHaveLength(2000);
    const bomb = gzipSync("x".repeat(5_000_000));
    const packed = await served((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    expect(await faultOf(request(packed))).toMatchObject({ code: "too_large" });
  });

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const asked = faultOf(request(await served(() => controller.abort()), { signal: controller.signal }));
    expect(await asked).toMatchObject({ code: "cancelled" });
  });

  it("does not follow a redirect that it must not", async () => {
    const url = await served((_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end());
    expect(await faultOf(request(url, { redirect: "error" }))).toMatchObject({ code: "redirected" });
  });
});

describe("a header", () => {
  it.each(["a\r\nb", "key\0", "key→"])("that cannot be sent is not repeated in the error: %j", async (value) => {
    const url = await served((_, response) => response.end());
    const error = await faultOf(request(url, { headers: { authorization: `Bearer ${value}` } }));
    expect(error).toMatchObject({ message: "the header authorization has a character that HTTP does not allow" });
  });
});

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["1.5", 1500],
    ["7200", 7_200_000],
    ["172800", 172_800_000],
    ["99999999", 2_073_600_000],
    ["5, 30", 30_000],
    ["5, soon", undefined],
    ["Thu Jan  1 00:01:00 1970", 60_000],
    ["Thursday, 01-Jan-70 00:01:00 GMT", 60_000],
    ["Thu, 01 Jan 1970 00:01:00 GMT", 60_000],
    ["-5", undefined],
    ["soon", undefined],
    ["", undefined],
  ])("%j", (value, expected) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }), 0)).toBe(expected);
  });
});

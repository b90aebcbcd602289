import path from "node:path";
import { Link } from "@vj/link";
import { needs, spawnProcess } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

describe("joining that was cancelled is refused with a code and the reason", () => {
  it("before it began", async () => {
    const signal = AbortSignal.abort("the show is over");
    await expect(Link.join({ signal })).rejects.toMatchObject({ name: "LinkError", code: "aborted", cause: "the show is over" });
  });

  it("while it opens its sockets, of which none stays open", needs("netNamespace"), async () => {
    expect(await inOwnNetwork(`
      const stop = new AbortController();
      const joining = Link.join({ signal: stop.signal });
      stop.abort("the show is over");
      const { name, code, cause } = await joining.catch((error) => error);
      process.on("exit", () => console.log(JSON.stringify({ name, code, cause })));
    `)).toEqual({ name: "LinkError", code: "aborted", cause: "the show is over" });
  });
});

it("a port that another program does not share is reported with a code", needs("netNamespace"), async () => {
  expect(await inOwnNetwork(`
    createSocket("udp4").bind(20808, async () => {
      const { name, code, cause } = await Link.join().catch((error) => error);
      console.log(JSON.stringify({ name, code, cause: cause?.code }));
      process.exit();
    });
  `)).toEqual({ name: "LinkError", code: "udp", cause: "EADDRINUSE" });
});

/** What a script prints. Link's port is fixed, so it runs in a network of its own. */
async function inOwnNetwork(script: string): Promise<unknown> {
  const imports = 'import { createSocket } from "node:dgram"; import { Link } from "@vj/link";';
  const node = [process.execPath, "--input-type=module", "-e", imports + script];
  await using running = spawnProcess("unshare", ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...node], {}, path.join(import.meta.dirname, ".."));
  const [printed = ""] = await running.printed(/^\{.*\}$/m);
  return JSON.parse(printed);
}

import path from "node:path";
import { Link } from "@vj/link";
import { needs, spawnProcess } from "@vj/test-kit";
import { expect, it } from "vitest";

it("joining that was cancelled is refused with a code and the reason", async () => {
  const signal = AbortSignal.abort("the show is over");
  await expect(Link.join({ signal })).rejects.toMatchObject({ name: "LinkError", code: "aborted", cause: "the show is over" });
});

// Link's port is fixed: the program that takes it has a network of its own.
const script = `
  import { createSocket } from "node:dgram";
  import { Link } from "@vj/link";
  createSocket("udp4").bind(20808, async () => {
    const { name, code, cause } = await Link.join().catch((error) => error);
    console.log(JSON.stringify({ name, code, cause: cause?.code }));
    process.exit();
  });
`;

it("a port that another program does not share is reported with a code", needs("netNamespace"), async () => {
  const node = [process.execPath, "--input-type=module", "-e", script];
  await using joining = spawnProcess("unshare", ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...node], {}, path.join(import.meta.dirname, ".."));
  const [seen = ""] = await joining.printed(/^\{.*\}$/m);
  expect(JSON.parse(seen)).toEqual({ name: "LinkError", code: "udp", cause: "EADDRINUSE" });
});

import { hostname } from "node:os";
import path from "node:path";
import { needs, spawnProcess, tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

const scenario = path.join(import.meta.dirname, "fixtures/scenario.mjs");
// The port of multicast DNS is fixed: each run gets a network of its own.
const network = "ip link set lo up multicast on && ip route add 224.0.0.0/4 dev lo && exec \"$@\"";

describe("beside Avahi", needs("netNamespace", "avahi-daemon", "avahi-browse", "dbus-daemon"), () => {
  it("both find what the other announces, and lose what is withdrawn; of two with one name the later takes another", async () => {
    await using folder = tempDir();
    await using run = spawnProcess("unshare", ["--net", "--mount", "sh", "-c", `mount -t tmpfs none /run && ${network}`, "sh", process.execPath, scenario, folder.path]);
    const [line = ""] = await run.printed(/^\{"found.*\}$/m);
    const host = `${hostname().split(".")[0]}.local`;
    const name = (port: number): unknown => expect.stringMatching(new RegExp(`^vj.*;_oscjson\\._tcp;local;${host};127\\.0\\.0\\.1;${port};"a=b=c"$`));
    expect(JSON.parse(line)).toEqual({
      found: { name: "stage.one", type: "_os2l._tcp", host: "foreign.local", port: 8080, addresses: ["127.0.0.1"], txt: { k: "v w" } },
      lost: ["stage.one"],
      names: ["vj", "vj (2)"],
      announced: expect.arrayContaining([name(5678), name(5679)]) as unknown,
      problems: [],
    });
    expect(await run.exited).toEqual({ code: 0, signal: null });
  });
});

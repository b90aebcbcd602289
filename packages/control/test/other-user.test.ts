import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { needs, tempDir } from "@vj/test-kit";
import { connect, ensureBusDir, serve } from "../src/index.ts";

const nobody = 65_534;

/** Runs a script as another user of this machine. @returns what it printed */
function asNobody(script: string): string {
  return execFileSync(process.execPath, ["-e", script], { uid: nobody, gid: nobody, encoding: "utf8", cwd: "/" });
}

// Only root can act as another user.
describe("another user on the same machine", needs("root"), () => {
  it("can open no socket", async () => {
    await using dir = tempDir();
    // Others may enter the parent, but not the bus directory in it.
    chmodSync(dir.path, 0o755);
    const server = await serve({
      path: dir.join("bus", "a.sock"),
      onCommand: () => ({ type: "ack", success: true, message: null, data: null }),
    });
    const attempt = `require("net").connect(${JSON.stringify(server.path)})
      .on("connect", () => { console.log("open"); process.exit(); })
      .on("error", (error) => console.log(error.code))`;
    expect(asNobody(attempt).trim()).toBe("EACCES");
    const look = `try { console.log(require("fs").readdirSync(${JSON.stringify(dir.join("bus"))})) } catch (error) { console.log(error.code) }`;
    expect(asNobody(look).trim()).toBe("EACCES");
    await server.close();
  });

  it("cannot prepare a bus directory for us", async () => {
    await using dir = tempDir();
    chmodSync(dir.path, 0o777);
    asNobody(`require("fs").mkdirSync(${JSON.stringify(dir.join("bus"))}, { mode: 0o700 })`);
    expect(() => ensureBusDir(dir.join("bus"))).toThrow(/belongs to another user \(uid 65534\)/);
    await expect(
      serve({ path: dir.join("bus", "a.sock"), onCommand: () => ({ type: "response", data: {} }) }),
    ).rejects.toMatchObject({ code: "directory" });
    await expect(connect("a", { busDir: dir.join("bus") })).rejects.toThrow(/belongs to another user/);
  });
});

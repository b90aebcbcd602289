import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { tempDir } from "@vj/test-kit";
import { busDir, checkBusDir, ensureBusDir, socketPath } from "../src/index.ts";
import { resolveSocket } from "../src/socket-path.ts";

afterEach(() => vi.restoreAllMocks());

describe("the bus directory", () => {
  it("is VJ_BUS_DIR or /tmp/vj-bus", () => {
    vi.stubEnv("VJ_BUS_DIR", "/tmp/elsewhere");
    expect(busDir()).toBe("/tmp/elsewhere");
    vi.stubEnv("VJ_BUS_DIR", "");
    expect(busDir()).toBe("/tmp/vj-bus");
    vi.unstubAllEnvs();
  });

  it("is made for this user alone, with its parents", async () => {
    await using dir = tempDir();
    ensureBusDir(dir.join("a", "b"));
    expect(statSync(dir.join("a", "b")).mode & 0o777).toBe(0o700);
    ensureBusDir(dir.join("a", "b"));
  });

  it("is refused when it is a link, a file, open to others or missing", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("real"), { mode: 0o700 });
    symlinkSync(dir.join("real"), dir.join("link"));
    symlinkSync(dir.join("nowhere"), dir.join("dangling"));
    writeFileSync(dir.join("file"), "");
    mkdirSync(dir.join("open"));
    chmodSync(dir.join("open"), 0o750);
    expect(() => ensureBusDir(dir.join("link"))).toThrow(/symbolic link/);
    expect(() => ensureBusDir(dir.join("dangling"))).toThrow(/symbolic link/);
    expect(() => ensureBusDir(dir.join("file"))).toThrow(/not a directory/);
    expect(() => ensureBusDir(dir.join("open"))).toThrow(/chmod 700/);
    expect(() => checkBusDir(dir.join("none"))).toThrow(/nothing is running/);
  });

  it("is refused when it belongs to another user", async () => {
    await using dir = tempDir();
    ensureBusDir(dir.join("bus"));
    const own = statSync(dir.join("bus")).uid;
    vi.spyOn(process, "getuid").mockReturnValue(own + 1);
    expect(() => ensureBusDir(dir.join("bus"))).toThrow(/another user \(uid/);
  });
});

describe("socket paths", () => {
  it("take names and paths", () => {
    expect(socketPath("audio_analyzer", "/tmp/x")).toBe("/tmp/x/audio_analyzer.sock");
    expect(resolveSocket("/tmp/y/z.sock")).toBe("/tmp/y/z.sock");
    expect(resolveSocket("a", "/tmp/x")).toBe("/tmp/x/a.sock");
  });
  it("refuse what is not a name, and what is longer than 103 bytes", () => {
    expect(() => socketPath("../etc", "/tmp")).toThrow(/not a worker name/);
    const dir = `/tmp/${"x".repeat(90)}`;
    expect(Buffer.byteLength(`${dir}/ab.sock`)).toBe(103);
    expect(socketPath("ab", dir)).toContain("ab.sock");
    expect(() => socketPath("abc", dir)).toThrow(/104 bytes, 103 are allowed/);
    expect(() => socketPath("ab", `/tmp/é${"x".repeat(89)}`)).toThrow(/104 bytes/);
  });
});

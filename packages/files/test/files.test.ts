import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, closeSync, existsSync, linkSync, mkdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { needs, smallDisk, tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkStore, diskFault, makeFolder, openMedia, openOwn, pathFault, readEnd, readText, storeFault, writeOwn } from "../src/index.ts";

const nobody = 65_534;

function dirOfTest(): TempDir {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  return dir;
}

/** Entries of every kind that is not a plain file, by name. */
async function oddities(dir: TempDir): Promise<string[]> {
  execFileSync("mkfifo", [dir.join("fifo")]);
  mkdirSync(dir.join("folder"));
  const server = createServer().listen(dir.join("socket"));
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return [dir.join("fifo"), dir.join("folder"), dir.join("socket"), "/dev/zero", "/dev/tty", "/dev/full"];
}

describe("a path", () => {
  it("is safe below directories that only this user and root can change, and below a sticky one", () => {
    const dir = dirOfTest();
    expect(pathFault(dir.join("a", "b", "c"))).toBeUndefined();
    mkdirSync(dir.join("shared"));
    chmodSync(dir.join("shared"), 0o1777);
    expect(pathFault(dir.join("shared", "bus"))).toBeUndefined();
    expect(storeFault(dir.join("shared", "bus"))).toBeUndefined();
  });

  it.each([0o777, 0o770, 0o722])("is unsafe below one of mode %o, however far above", (mode) => {
    const dir = dirOfTest();
    mkdirSync(dir.join("open", "mine", "deep"), { recursive: true, mode: 0o700 });
    chmodSync(dir.join("open"), mode);
    expect(pathFault(dir.join("open", "mine", "deep", "bus"))).toBe(`other users can write to ${dir.join("open")}; run: chmod go-w ${dir.join("open")}`);
    // `pathFault` does not check the directory itself.
    expect(pathFault(dir.join("open"))).toBeUndefined();
    expect(() => checkStore(dir.join("open"))).toThrow(/refusing the directory/);
  });

  it("is checked along its links", () => {
    const dir = dirOfTest();
    mkdirSync(dir.join("open", "mine"), { recursive: true });
    chmodSync(dir.join("open"), 0o777);
    mkdirSync(dir.join("safe"));
    symlinkSync(dir.join("open", "mine"), dir.join("safe", "in"));
    symlinkSync("../safe/in", dir.join("safe", "relative"));
    symlinkSync(dir.join("safe"), dir.join("open", "out"));
    expect(pathFault(dir.join("safe", "in", "bus"))).toContain(`write to ${dir.join("open")}`);
    expect(pathFault(dir.join("safe", "relative", "bus"))).toContain(`write to ${dir.join("open")}`);
    // Somebody can replace the link in an open directory, wherever it leads.
    expect(pathFault(dir.join("open", "out", "bus"))).toContain(`write to ${dir.join("open")}`);
    symlinkSync("circle", dir.join("circle"));
    expect(pathFault(dir.join("circle", "bus"))).toContain("more than 40 links");
  });

  it("is unsafe below a directory or a link of another user", needs("root"), () => {
    const dir = dirOfTest();
    mkdirSync(dir.join("theirs", "mine"), { recursive: true });
    chownSync(dir.join("theirs"), nobody, nobody);
    expect(pathFault(dir.join("theirs", "mine", "bus"))).toBe(`${dir.join("theirs")} belongs to another user (uid ${nobody}); use another path`);
    mkdirSync(dir.join("sticky"));
    chmodSync(dir.join("sticky"), 0o1777);
    execFileSync("ln", ["-s", "/tmp", dir.join("sticky", "link")]);
    execFileSync("chown", ["-h", String(nobody), dir.join("sticky", "link")]);
    expect(pathFault(dir.join("sticky", "link", "bus"))).toContain(`is a link of another user (uid ${nobody})`);
  });
});

describe("a file that must be ours", () => {
  it("is made 0600, appended to, read and rewritten", () => {
    const dir = dirOfTest();
    const file = dir.join("a");
    const made = openOwn(file, "append");
    expect(made.stats.mode & 0o777).toBe(0o600);
    writeSync(made.fd, "one\ntwo\n");
    closeSync(made.fd);
    expect(readEnd(file, 100)).toBe("one\ntwo\n");
    expect(readEnd(file, 4)).toBe("two\n");
    expect(readEnd(file, 100, 4)).toBe("two\n");
    expect(readEnd(file, 100, 5000)).toBe("one\ntwo\n");
    writeOwn(file, "update", "new");
    expect(readEnd(file, 100)).toBe("new");
    expect(() => writeOwn(file, "create", "x")).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(readEnd(dir.join("none"), 1)).toBeUndefined();
  });

  it("is refused at once when something else is in its place", async () => {
    const dir = dirOfTest();
    writeFileSync(dir.join("victim"), "precious");
    symlinkSync(dir.join("victim"), dir.join("link"));
    symlinkSync(dir.join("nowhere"), dir.join("dangling"));
    linkSync(dir.join("victim"), dir.join("hard"));
    for (const file of [...(await oddities(dir)), dir.join("link"), dir.join("dangling"), dir.join("hard")]) {
      for (const access of ["read", "append", "update"] as const) {
        expect(() => openOwn(file, access), `${access} ${file}`).toThrow(/is not a file but|is a symbolic link|hard link|it is a|ENXIO|EACCES/);
      }
    }
    expect(readEnd(dir.join("nowhere"), 1)).toBeUndefined();
    rmSync(dir.join("hard"));
    expect(readEnd(dir.join("victim"), 100)).toBe("precious");
  });

  it("is refused when it belongs to another user", needs("root"), () => {
    const dir = dirOfTest();
    writeFileSync(dir.join("theirs"), "x");
    chownSync(dir.join("theirs"), nobody, nobody);
    expect(() => openOwn(dir.join("theirs"), "append")).toThrow(`belongs to another user (uid ${nobody})`);
    expect(() => readText(dir.join("theirs"))).toThrow(`belongs to another user (uid ${nobody})`);
    expect(readText(dir.join("theirs"), { anyOwner: true })).toBe("x");
  });
});

describe("a folder", () => {
  it("is created with those above it, and only where there is room for one", async () => {
    const dir = dirOfTest();
    makeFolder(dir.join("a/b/c"));
    makeFolder(dir.join("a/b/c"));
    expect(statSync(dir.join("a/b/c")).mode & 0o777).toBe(0o700);
    writeFileSync(dir.join("file"), "x");
    symlinkSync(dir.join("nowhere"), dir.join("dangling"));
    for (const place of ["file", "file/x", "dangling", "dangling/x"]) expect(() => makeFolder(dir.join(place)), place).toThrow(/EEXIST|ENOTDIR/);
    expect(existsSync(dir.join("nowhere"))).toBe(false);
    // Nobody can create one there, and on Linux Node's own way never returns.
    expect(() => makeFolder("/proc/self/a/b")).toThrow(/ENOENT|EROFS|EACCES|EPERM/);
  });
});

it("a full disk is recognised", needs("mount"), () => {
  const dir = dirOfTest();
  using disk = smallDisk(dir.join("disk"));
  expect(diskFault(dir.join("disk"))).toBeUndefined();
  disk.fill();
  expect(diskFault(dir.join("disk"))).toBe(`the disk of ${dir.join("disk")} is full`);
  disk.makeRoom();
  expect([dir.join("disk"), dir.join("none")].map(diskFault)).toEqual([undefined, undefined]);
});

describe("a text file", () => {
  it("is read whole, without its byte order mark, through links", () => {
    const dir = dirOfTest();
    const file = dir.join("a.json");
    expect(readText(file)).toBeUndefined();
    writeFileSync(file, '﻿{"é":1}');
    symlinkSync(file, dir.join("link"));
    expect(readText(dir.join("link"))).toBe('{"é":1}');
    writeFileSync(file, Buffer.from('﻿{"é":1}', "utf16le"));
    expect(readText(file)).toBe('{"é":1}');
    writeFileSync(file, Buffer.from('﻿{"é":1}', "utf16le").swap16());
    expect(readText(file)).toBe('{"é":1}');
    writeFileSync(file, "");
    expect(readText(file)).toBe("");
    expect(readText("/proc/self/status")).toContain("Pid:");
  });

  it("is refused at once when it is not a file, or too long", async () => {
    const dir = dirOfTest();
    for (const file of await oddities(dir)) expect(() => readText(file), file).toThrow(/is not a file but a/);
    symlinkSync("/dev/zero", dir.join("endless"));
    expect(() => readText(dir.join("endless"))).toThrow("is not a file but a device; move it away");
    // A drive that is not mounted must not turn settings into defaults.
    symlinkSync(dir.join("nowhere"), dir.join("dangling"));
    expect(() => readText(dir.join("dangling"))).toThrow(/dangling: it is a link that leads nowhere; restore/);
    symlinkSync("circle", dir.join("circle"));
    expect(() => readText(dir.join("circle"))).toThrow(/circle: it is a link that leads in a circle; remove/);
    writeFileSync(dir.join("sparse"), "");
    truncateSync(dir.join("sparse"), 8 * 1024 ** 3);
    expect(() => readText(dir.join("sparse"))).toThrow(/^cannot read .*sparse: it is too long: it has 8589934592 bytes/);
    writeFileSync(dir.join("exact"), "x".repeat(100));
    expect(readText(dir.join("exact"), { maxBytes: 100 })).toHaveLength(100);
    appendFileSync(dir.join("exact"), "y");
    expect(() => readText(dir.join("exact"), { maxBytes: 100 })).toThrow("101 bytes, 100 are allowed");
    // These files have size 0; the bytes that are read count.
    expect(() => readText("/proc/self/maps", { maxBytes: 100 })).toThrow("more than 100 bytes");
  });

  it("that a person chose is opened for reading only when it is a file", async () => {
    const dir = dirOfTest();
    for (const file of await oddities(dir)) await expect(openMedia(file), file).rejects.toThrow(/is not a file but a/);
    writeFileSync(dir.join("music"), "la");
    symlinkSync(dir.join("music"), dir.join("link"));
    const handle = await openMedia(dir.join("link"));
    expect(await handle.readFile("utf8")).toBe("la");
    await handle.close();
    await expect(openMedia(dir.join("none"))).rejects.toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const script = path.join(root, "scripts/packages/publish.mjs");
const workspace: unknown = await import(path.join(root, "scripts/packages/workspace.mjs"));
const { publishedPackages } = z.object({ publishedPackages: z.custom<() => { name: string; manifest: { version: string } }[]>((value) => typeof value === "function") }).parse(workspace);
const packages = publishedPackages().map(({ name, manifest }) => ({ name, version: manifest.version }));
const [first, second] = [packages[0]?.name ?? "", packages[1]?.name ?? ""];

const fileOf = ({ name, version }: { name: string; version: string }): string => `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;

/** A tarball with one file. */
function tarball(content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write("package/package.json");
  header.write("0000644\0", 100);
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
  body.write(content);
  return gzipSync(Buffer.concat([header, body, Buffer.alloc(1024)]));
}

/** A folder with a tarball of every package. */
function tarballs(dir: TempDir): string {
  const folder = dir.join("tarballs");
  mkdirSync(folder);
  for (const one of packages) writeFileSync(path.join(folder, fileOf(one)), tarball(JSON.stringify(one)));
  return folder;
}

/** A registry that has every package except `lacks`, and does with what is published as `put` says. */
async function registry(lacks: readonly string[], put: (name: string) => { status: number; body: string } | "no answer") {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? "").slice(1);
    request.resume();
    if (request.method !== "PUT") {
      const known = packages.find((one) => one.name === name && !lacks.includes(name));
      return void response.writeHead(known === undefined ? 404 : 200).end(JSON.stringify(known === undefined ? {} : { versions: { [known.version]: {} } }));
    }
    asked.push(name);
    const answer = put(name);
    if (answer === "no answer") return undefined;
    return void response.writeHead(answer.status).end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0, asked };
}

async function run(dir: TempDir, port: number, args: readonly string[]) {
  writeFileSync(dir.join("npmrc"), `registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=nobody\n`);
  const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_userconfig: dir.join("npmrc"), npm_config_cache: dir.join("cache"), npm_config_update_notifier: "false", npm_config_fetch_retries: "0" };
  const child = spawn(process.execPath, [...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code]: unknown[] = await once(child, "close");
  return { code, stdout, stderr };
}

/** A port where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("publishing", () => {
  it("publishes what the registry lacks, with a line for each, and says what was published before a fault", { timeout: 400_000 }, async () => {
    await using dir = tempDir();
    const place = await registry([first, second], (name) => (name === first ? { status: 201, body: "{}" } : { status: 403, body: '{"error":"not yours"}' }));
    const { code, stdout, stderr } = await run(dir, place.port, [script, tarballs(dir)]);
    const [one, two] = packages.map(({ name, version }) => `${name}@${version}`);
    expect(stdout).toBe(`published ${one}\n`);
    expect(stderr).toMatch(new RegExp(`^${two} is not published: .*not yours.*; published before: ${one}; it may be repeated\n$`));
    expect(code).toBe(1);
    expect(place.asked).toEqual([first, second]);
  });

  it("ends npm, which waits for a registry that no longer answers", { timeout: 400_000 }, async () => {
    await using dir = tempDir();
    const place = await registry([first], () => "no answer");
    const program = `import { publishAll } from ${JSON.stringify(script)};
import { publishedPackages } from ${JSON.stringify(path.join(root, "scripts/packages/workspace.mjs"))};
await publishAll(publishedPackages(), ${JSON.stringify(tarballs(dir))}, { limitMs: 5000 }).catch((error) => console.log(error.message));`;
    const { stdout, stderr } = await run(dir, place.port, ["--input-type=module", "-e", program]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/ is not published: npm did not end within 5 s; nothing was published before; it may be repeated\n$/);
  });

  it("looks at the folder before anything is sent: each fault in one line, with what to do", { timeout: 400_000 }, async () => {
    await using dir = tempDir();
    const place = await registry([first, second], () => ({ status: 201, body: "{}" }));
    const folder = tarballs(dir);
    const [one, two, three] = packages.map((each) => path.join(folder, fileOf(each)));
    if (one === undefined || two === undefined || three === undefined) throw new Error("three packages are published");
    copyFileSync(one, two);
    writeFileSync(three, readFileSync(three).subarray(0, 100));
    const wrong = await run(dir, place.port, [script, folder]);
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toMatch(new RegExp(`^nothing is published: ${path.basename(two)} holds ${first}@\\S+; ${path.basename(three)} is cut or damaged; [^\n]*\n$`));
    mkdirSync(dir.join("empty"));
    expect(await run(dir, place.port, [script, dir.join("empty")])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^[^\n]*\.tgz not found: run node [^\n]*\n$/) });
    expect(await run(dir, place.port, [script, dir.join("none")])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^\S+ is not a folder: [^\n]*\n$/) });
    expect(place.asked).toEqual([]);
  });

  it("names a registry that is not there, and one that is something else", { timeout: 400_000 }, async () => {
    await using dir = tempDir();
    expect(await run(dir, await closedPort(), [script, "--missing"])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^the registry http:\/\/127\.0\.0\.1:\d+\/ does not answer: [^\n]+\n$/) });
    const page = createServer((_, response) => void response.end("<html>")).listen(0, "127.0.0.1");
    onTestFinished(() => void page.close());
    await once(page, "listening");
    const address = page.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await run(dir, port, [script, "--missing"])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/ does not answer as a registry of npm does\n$/) });
  });
});

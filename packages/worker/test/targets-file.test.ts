import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { defaultTargets } from "@vj/schema";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { watchTargets } from "../src/index.ts";

interface Followed {
  file: string;
  names: string[];
  problems: string[];
  write(...targets: string[]): void;
}

async function follow(before: (file: string) => void = () => {}, folder = "."): Promise<Followed> {
  const dir = tempDir();
  const file = dir.join(folder, "targets.json");
  before(file);
  const names: string[] = [];
  const problems: string[] = [];
  const watching = watchTargets(
    file,
    (targets) => names.push(targets.map(({ name }) => name).join()),
    (problem) => problems.push(problem),
  );
  onTestFinished(() => {
    void watching.close();
    dir.remove();
  });
  await watching.ready;
  return { file, names, problems, write: (...targets) => writeFileSync(file, content(...targets)) };
}

const content = (...names: string[]): string => JSON.stringify({ targets: names.map((name) => ({ name, port: 7000 })) });

describe("watchTargets", () => {
  it("begins with the defaults when there is not a file, and takes the one that appears", async () => {
    const { names, write } = await follow();
    expect(names).toEqual([defaultTargets[0]?.name]);
    write("resolume");
    await waitFor("the new targets", () => names.at(-1) === "resolume");
  });

  it("follows writes, replacement by rename, and removal", async () => {
    const { file, names, write } = await follow((path) => writeFileSync(path, content("one")));
    expect(names).toEqual(["one"]);
    write("two", "three");
    await waitFor("written", () => names.at(-1) === "two,three");
    writeFileSync(`${file}.new`, content("four"));
    renameSync(`${file}.new`, file);
    await waitFor("renamed", () => names.at(-1) === "four");
    rmSync(file);
    await waitFor("removed", () => names.at(-1) === "default");
  });

  it("refuses a list that stands there twice, of which the first would be lost", async () => {
    const { file, names, problems } = await follow((path) => writeFileSync(path, content("good")));
    writeFileSync(file, `{"targets": [], "targets": [{"name": "x", "port": 7000}]}`);
    await waitFor("a problem", () => problems.some((text) => /line 1, column 17: this key stands there a second time/.test(text)));
    expect(names).toEqual(["good"]);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ["bytes of another encoding", Buffer.from('{"targets": [\n{"name": "B\xfchne", "port": 7000}]}', "latin1"), /line 2, column 12: the byte 0xFC is not UTF-8; save it as UTF-8/],
    ["UTF-16 without its mark", Buffer.from(content("x"), "utf16le"), /line 1, column 2: a NUL character/],
    ["a mark alone", "\uFEFF", /it is not JSON: it is empty/],
    ["half a surrogate pair in a name", '{"targets": [{"name": "\\ud800", "port": 7000}]}', /name .* does not fit/],
    ["deep lists", "[".repeat(200_000), /it is not JSON: line 1, column 200001/],
    ["deep lists, whole", `{"targets": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /cannot be read|must be an object/],
    ["too much", " ".repeat(2_000_000), /it is too long: it has 2000000 bytes/],
    ["a key of every object", '{"targets": [{"name": "x", "port": 7000, "__proto__": {"enabled": true}}]}', /does not know "__proto__"/],
    ["the name of a preset that every object has", '{"targets": [{"name": "x", "port": 7000, "preset": "constructor"}]}', /preset must be/],
    ["a key that stands twice", '{"targets": [{"name": "x", "port": 7000,\n"port": 7001}]}', /line 2, column 1: this key stands there a second time/],
  ])("refuses %s with its place", async (_name, bytes, fault) => {
    const { file, names, problems } = await follow((path) => writeFileSync(path, content("good")));
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
    await waitFor("a problem", () => problems.length > 0);
    expect(problems).toEqual([expect.stringMatching(fault)]);
    expect(problems[0]).toContain("the last good targets stay in force");
    expect(names).toEqual(["good"]);
  });

  it("takes names that every object has", async () => {
    const { names } = await follow((path) => writeFileSync(path, content("constructor", "__proto__", "toString")));
    expect(names).toEqual(["constructor,__proto__,toString"]);
  });

  it("keeps the last good targets while the file is broken, and reports the fault", async () => {
    const { file, names, problems, write } = await follow((path) => writeFileSync(path, content("good")));
    writeFileSync(file, '{"targets":[{"name":"x","port":70000}]}');
    await waitFor("a problem", () => problems.some((text) => text.includes('target "x": port must be at most 65535, not 70000')));
    writeFileSync(file, "{");
    await waitFor("another", () => problems.some((text) => text.includes("cannot be read: it is not JSON: line 1, column 2: it ends before its last }")));
    expect(names).toEqual(["good"]);
    write("better");
    await waitFor("the good file", () => names.at(-1) === "better");
  });

  it("uses the default targets when the file is broken from the start", async () => {
    const { names, problems, write } = await follow((path) => writeFileSync(path, "{"));
    await waitFor("a problem", () => problems.some((text) => text.includes("the default target is used, as there are no earlier ones")));
    expect(names).toEqual(["default"]);
    write("good");
    await waitFor("the good file", () => names.at(-1) === "good");
  });

  it("uses those of an earlier process when the file is broken from the start, until the file is removed", async () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const file = dir.join("targets.json");
    const start = async (text: string): Promise<{ names: string[]; problems: string[] }> => {
      writeFileSync(file, text);
      const [names, problems]: [string[], string[]] = [[], []];
      await using watching = watchTargets(file, (targets) => names.push(targets.map(({ name }) => name).join()), (problem) => problems.push(problem));
      await watching.ready;
      return { names, problems };
    };
    await start(content("wall", "lamp"));
    expect(await start('{"targets":[{"name":"wall","prot":1}]}')).toEqual({
      names: ["wall,lamp"],
      problems: [expect.stringMatching(/"wall" does not know "prot".*the last good targets stay in force$/)],
    });
    rmSync(file);
    await using watching = watchTargets(file, () => {}, () => {});
    await watching.ready;
    expect((await start("{")).names).toEqual(["default"]);
  });

  it.each([
    ["a mistyped key", '{"targets":[{"name":"x","port":7000,"enable":false}]}', /target "x" does not know "enable"/],
    ["a key that the file does not have", '{"targets":[],"target":[]}', /targets\.json: .*"target"/],
  ])("refuses %s with its place", async (_what, text, place) => {
    const { file, names, problems } = await follow((path) => writeFileSync(path, content("good")));
    writeFileSync(file, text);
    await waitFor("the problem", () => problems.some((problem) => place.test(problem)));
    expect(names).toEqual(["good"]);
  });

  it("takes a file that begins with a byte order mark", async () => {
    const { names } = await follow((path) => writeFileSync(path, `\uFEFF${content("marked")}`));
    expect(names).toEqual(["marked"]);
  });

  it("is blocked neither by a FIFO in place of the file nor by one that replaces a good file", async () => {
    const { file, names, problems, write } = await follow((path) => void execFileSync("mkfifo", [path]));
    expect([names, problems]).toEqual([["default"], [expect.stringContaining("is not a file but a FIFO")]]);
    rmSync(file);
    write("good");
    await waitFor("the good file", () => names.at(-1) === "good");
    rmSync(file);
    execFileSync("mkfifo", [file]);
    await waitFor("the problem", () => problems.length === 2);
    expect(names.at(-1)).toBe("good");
  });

  it("reports nothing while nothing changes", async () => {
    const { names, write } = await follow((path) => writeFileSync(path, content("same")));
    write("same");
    write("same", "other");
    await waitFor("the change", () => names.at(-1) === "same,other");
    expect(names).toEqual(["same", "same,other"]);
  });

  it("waits for a folder that does not exist yet", async () => {
    const { file, names, write } = await follow(undefined, "later");
    mkdirSync(file.replace("/targets.json", ""));
    write("at last");
    await waitFor("the targets", () => names.at(-1) === "at last");
  });

  it("is silent after close", async () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const names: string[] = [];
    const watching = watchTargets(dir.join("targets.json"), ({ length }) => names.push(String(length)), () => {});
    await watching.close();
    await watching.ready;
    expect(names).toEqual([]);
  });
});

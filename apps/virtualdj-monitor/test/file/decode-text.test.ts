import { describe, expect, it } from "vitest";
import { decodeText, detectEncoding } from "../../src/file/decode-text.ts";

const decode = (bytes: Uint8Array, cut = false): string => decodeText(bytes, detectEncoding(bytes.subarray(0, 256)), { cut });
const swap = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const name = "Björk - Jóga";

describe("text of any encoding", () => {
  it.each([
    ["UTF-8", Buffer.from(name)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${name}`)],
    ["UTF-16 LE with a byte order mark", Buffer.from(`\uFEFF${name}`, "utf16le")],
    ["UTF-16 BE with a byte order mark", swap(Buffer.from(`\uFEFF${name}`, "utf16le"))],
    ["UTF-16 LE without", Buffer.from(name, "utf16le")],
    ["UTF-16 BE without", swap(Buffer.from(name, "utf16le"))],
    ["Windows-1252", Buffer.from(name, "latin1")],
  ])("%s", (_, bytes) => {
    expect(decode(bytes)).toBe(name);
  });

  it("has the apostrophes of Windows, on every line of Node", () => {
    expect(decode(Buffer.from("Cher - Don\x92t", "latin1"))).toBe("Cher - Don’t");
  });

  it("is read line by line where two programs wrote with different encodings", () => {
    expect(decode(Buffer.concat([Buffer.from(`${name}\r\n`), Buffer.from(`${name}\n`, "latin1"), Buffer.from("宇多田")]))).toBe(`${name}\r\n${name}\n宇多田`);
  });

  it("is UTF-16 also where the first letter is not Latin, and is not where zero bytes are strewn in", () => {
    const foreign = "Жизнь Ā - Трек 1";
    expect([decode(Buffer.from(foreign, "utf16le")), decode(swap(Buffer.from(foreign, "utf16le")))]).toEqual([foreign, foreign]);
    expect(decode(Buffer.from("A\0B - N\0UL\0"))).toBe("A\0B - N\0UL\0");
    expect([decode(Buffer.from("\0")), decode(Buffer.alloc(500)).length]).toEqual(["\0", 500]);
  });

  it("is empty for no bytes, and one letter for one", () => {
    expect(decode(new Uint8Array())).toBe("");
    expect(decode(Buffer.from("A"))).toBe("A");
  });
});

describe("the end of a longer text", () => {
  const text = `${"é".repeat(50)}\n${name}\n`;

  it("begins after its first line break, wherever it was cut", () => {
    const bytes = Buffer.from(text);
    for (let cut = 1; cut < 90; cut++) expect(decodeText(bytes.subarray(cut), "utf-8", { cut: true })).toBe(`${name}\n`);
    const wide = Buffer.from(text, "utf16le");
    for (let cut = 2; cut < 90; cut += 2) expect(decodeText(wide.subarray(cut), "utf-16le", { cut: true })).toBe(`${name}\n`);
  });
});

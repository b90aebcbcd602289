import { expect, it } from "vitest";
import { decodeWindows1252 } from "../src/index.ts";

it("Windows-1252 has quotes, dashes and the Euro, and is Latin-1 otherwise", () => {
  expect(decodeWindows1252(Buffer.from([0x44, 0x6f, 0x6e, 0x92, 0x74, 0x20, 0x96, 0x20, 0x80, 0x9f, 0xe9]))).toBe("Don’t – €Ÿé");
  const all = decodeWindows1252(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  expect(all).toHaveLength(256);
  expect(new Set(all).size).toBe(256);
});

/** What Windows-1252 has in place of the control characters 0x80 to 0x9f; five of them are not taken. */
const signs = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/**
 * Text in Windows-1252, which every byte is. Not `TextDecoder("windows-1252")`: that of Node 20 reads 0x80 to 0x9f as control characters, so
 * an apostrophe in the title of a song is lost.
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return text.replaceAll(/[\u0080-\u009F]/g, (character) => signs.charAt(character.charCodeAt(0) - 0x80));
}

/** Longer texts are refused by many terminals, bytes. */
const longest = 8192;

/**
 * The sequence (OSC 52) that puts a text into the clipboard of the terminal, over ssh and in tmux too. A terminal that does not allow it
 * ignores it.
 */
export function clipboardSequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, "utf8").subarray(0, longest).toString("base64")}\u0007`;
}

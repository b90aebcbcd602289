const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** The lines of a text with the line breaks of any system, without its byte order mark. */
export function linesOfText(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(lineBreaks);
}

/**
 * The value of a JSON text, which is never undefined; undefined when the text is not JSON, so that each caller can word
 * its own error.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

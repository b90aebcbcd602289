/** The value of a JSON text, which is never undefined; undefined when the text is not JSON, so that the caller says so in its own words. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

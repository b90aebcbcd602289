/** The page that the browser shows after a sign-in or its failure. */
export function loginPage(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<!doctype html><meta charset="utf-8"><title>vj-bus</title><body style="font:1.2em sans-serif;margin:4em"><p>${safe}</p></body>\n`;
}

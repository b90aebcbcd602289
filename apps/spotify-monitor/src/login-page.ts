/** The page that the browser shows once somebody has signed in, or has not. */
export function loginPage(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<!doctype html><meta charset="utf-8"><title>vj-bus</title><body style="font:1.2em sans-serif;margin:4em"><p>${safe}</p></body>\n`;
}

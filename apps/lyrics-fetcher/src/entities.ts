const signs: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", lrm: "", rlm: "", "#39": "'", "#039": "'", "#34": '"', "#160": " ", "#x27": "'" };

/** The text with the signs that web pages write as `&amp;` and the like. */
export function withoutEntities(text: string): string {
  return text.includes("&") ? text.replaceAll(/&(amp|lt|gt|quot|apos|nbsp|lrm|rlm|#0?39|#34|#160|#x27);/gi, (whole, name: string) => signs[name.toLowerCase()] ?? whole) : text;
}

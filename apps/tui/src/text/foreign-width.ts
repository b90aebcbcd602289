import stringWidth from "string-width";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** So many results are kept, of texts and of characters. When there are more, all are forgotten: what is shown is soon known again. */
const kept = { texts: 1024, graphemes: 8192 } as const;

/** One character as a person sees it, and the cells that it takes: 0 to 2, seldom more. */
export interface Grapheme {
  readonly text: string;
  readonly width: number;
}

/** Code units that are taken apart at a time: the time for each character grows with the length of what it stands in. */
const atOnce = 512;

/** The characters of a text of any script. A terminal shows few different ones, so that each is measured once. */
export function* graphemesOf(text: string): Generator<Grapheme> {
  for (let from = 0; from < text.length; ) {
    const part = text.slice(from, from + atOnce);
    const isLast = from + atOnce >= text.length;
    for (const { segment, index } of graphemes.segment(part)) {
      // What stands at the end of a part may go on in the next one.
      if (!isLast && index > 0 && index + segment.length === part.length) {
        from += index - part.length;
        break;
      }
      yield { text: segment, width: graphemeWidth(segment) };
    }
    from += part.length;
  }
}

/** Cells of a text of any script. The same texts are measured in picture after picture, so that results are kept. */
export const foreignWidth: (text: string) => number = keeping((text) => {
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += grapheme.width;
  return width;
}, kept.texts);

const graphemeWidth = keeping(stringWidth, kept.graphemes);

function keeping(measure: (text: string) => number, most: number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    let width = known.get(text);
    if (width !== undefined) return width;
    width = measure(text);
    if (known.size >= most) known.clear();
    known.set(text, width);
    return width;
  };
}

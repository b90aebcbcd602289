/** One line of synchronised lyrics. An empty text is an instrumental gap: the only sign that the text should vanish. */
export interface LyricLine {
  /** Seconds from the start of the track. */
  time: number;
  text: string;
}

const stampPattern = /\s*\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]/y;
const offsetPattern = /\[offset:\s*([+-]?\d{1,7})\s*\]/i;
/** Word times of enhanced LRC. */
const wordStampPattern = /<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>/g;
/** A line must fit into one datagram, a song into what late joiners are told. */
const longestText = 300;
const mostLines = 1000;

/**
 * Reads LRC: `[mm:ss.xx]`, `[m:ss]`, `[mmm:ss.xxx]`, `[mm:ss:xx]`, several stamps before one text, enhanced LRC without its
 * word times. `[offset:ms]` is applied, positive meaning earlier, as most players read it. Lines without a stamp are left out.
 * @returns lines sorted by time; lines of the same time stay in order.
 */
export function parseLrc(lrc: string): LyricLine[] {
  const offset = Number(offsetPattern.exec(lrc)?.[1] ?? 0) / 1000;
  const lines = lrc.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).flatMap(readLine);
  return lines
    .map(({ time, text }) => ({ time: Math.max(0, Math.round((time - offset) * 1000) / 1000), text }))
    .toSorted((a, b) => a.time - b.time)
    .slice(0, mostLines);
}

function readLine(line: string): LyricLine[] {
  const times: number[] = [];
  let end = 0;
  stampPattern.lastIndex = 0;
  for (let stamp = stampPattern.exec(line); stamp !== null; stamp = stampPattern.exec(line)) {
    times.push(Number(stamp[1]) * 60 + Number(stamp[2]) + Number(`0.${stamp[3] ?? 0}`));
    end = stampPattern.lastIndex;
  }
  const text = line.slice(end).replace(wordStampPattern, " ").replace(/\s+/g, " ").trim();
  const short = Array.from(text).slice(0, longestText).join("");
  return times.map((time) => ({ time, text: short }));
}

import type { PaintedPicture } from "../../apps/tui/src/session.ts";
import type { TerminalSize } from "../../apps/tui/src/text/size.ts";
import { drawFilm } from "./film.ts";
import { openRecordedRig } from "./recorded-rig.ts";
import type { RecordedRig } from "./recorded-rig.ts";
import { readShow } from "./recorded-show.ts";
import type { Happening } from "./recorded-show.ts";
import { drawRows, drawTerminal } from "./svg.ts";

/** A still: what a person sees who presses these keys at this moment of the show. */
interface Still {
  readonly name: string;
  readonly title: string;
  readonly moment: Moment;
  readonly keys: readonly string[];
  readonly size: TerminalSize;
}

const usual: TerminalSize = { columns: 80, rows: 24 };
/** What is looked for in the recording, and how long after it the picture is taken, seconds. */
type Moment = "trouble" | "drop";
const after: Readonly<Record<Moment, number>> = { trouble: 0.7, drop: 2 };

const stills: readonly Still[] = [
  { name: "overview", title: "The overview: track, sound, workers, targets", moment: "drop", keys: [], size: usual },
  { name: "overview-trouble", title: "The overview while a worker is killed again and again", moment: "trouble", keys: [], size: usual },
  { name: "overview-large", title: "The overview at 120×40, with the log", moment: "drop", keys: [], size: { columns: 120, rows: 40 } },
  { name: "workers", title: "The workers", moment: "trouble", keys: ["2"], size: usual },
  { name: "audio", title: "The sound, its tempo and structure", moment: "drop", keys: ["3"], size: usual },
  { name: "now", title: "The song and its lyrics", moment: "drop", keys: ["4"], size: usual },
  { name: "ai", title: "What the song is about", moment: "drop", keys: ["5"], size: usual },
  { name: "osc", title: "All OSC addresses with their values", moment: "drop", keys: ["6"], size: usual },
  { name: "logs", title: "The log of all workers", moment: "drop", keys: ["7"], size: usual },
  { name: "targets", title: "The receivers of OSC", moment: "drop", keys: ["8"], size: usual },
  { name: "help", title: "All keys", moment: "drop", keys: ["?"], size: usual },
  { name: "palette", title: "The palette: everything that can be done, by its name", moment: "drop", keys: [":", "r", "e", "s", "t", "a", "r", "t"], size: usual },
];

/** The film: a minute, so many frames a second; the second that stands where nothing may move; and what the person presses when, seconds. */
const film = {
  name: "show", from: 5, seconds: 60, rate: 2, still: 15,
  keys: new Map([[17, "2"], [30, "1"], [36, "4"], [47, "3"], [61, "1"]]),
} as const;

/** As often as the screen is drawn while there is sound, milliseconds. */
const drawMs = 100;

/**
 * Plays the recorded show through the screens of the TUI. @returns all pictures as SVG, by the names of their files; the same ones each time.
 * Times of day are shown in the zone of this process.
 */
export async function drawPictures(): Promise<ReadonlyMap<string, string>> {
  const show = await readShow();
  const begin = show[0]?.at ?? 0;
  const moments = { trouble: momentOf(show, isTrouble), drop: momentOf(show, isDrop) };
  const rig = openRecordedRig(show);
  const watching = rig.openSession(usual);
  const pictures = new Map<string, string>();
  const frames: PaintedPicture[] = [];
  for (let ms = 0; ms <= (film.from + film.seconds) * 1000; ms += drawMs) {
    rig.goTo(begin + ms);
    const key = film.keys.get(ms / 1000);
    if (key !== undefined) watching.press(key);
    const picture = watching.draw();
    if (ms >= film.from * 1000 && frames.length < film.seconds * film.rate && (ms - film.from * 1000) % (1000 / film.rate) === 0) frames.push(picture);
    for (const still of stills.filter(({ moment }) => Math.round((moments[moment] / 1000 + after[moment]) * 10) * 100 === ms)) pictures.set(fileOf(still.name), drawStill(rig, still));
  }
  pictures.set(fileOf(film.name), drawFilm({ frames, rate: film.rate, still: Math.round((film.still - film.from) * film.rate), title: "A minute of a show: a worker is killed and comes back, the music drops, lyrics run" }));
  return pictures;
}

/** Milliseconds from the begin of the show. @throws Error when it does not happen */
function momentOf(show: readonly Happening[], isIt: (one: Happening) => boolean): number {
  const found = show.find(isIt);
  if (found === undefined) throw new Error(`the recording has nothing that ${isIt.name} finds: record it anew`);
  return found.at - (show[0]?.at ?? 0);
}

const isTrouble = (one: Happening): boolean => one.type === "log" && one.entry.text.includes("restart 3 in 2 s");
const isDrop = (one: Happening): boolean => one.type === "osc" && one.message.address === "/audio/structure" && one.message.args[1] === 1;

const fileOf = (name: string): string => `screen-${name}.svg`;

function drawStill(rig: RecordedRig, { keys, size, title }: Still): string {
  const session = rig.openSession(size);
  session.draw();
  for (const key of keys) session.press(key);
  return drawTerminal({ ...size, title }, drawRows(session.draw()));
}

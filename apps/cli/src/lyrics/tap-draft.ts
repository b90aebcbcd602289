import path from "node:path";
import { jsonFile } from "@vj/files";
import type { TapSession } from "@vj/lyrics-fetcher";
import { readEnvironment } from "@vj/worker";
import { z } from "zod";

const draftSchema = z.object({ artist: z.string(), title: z.string(), parts: z.array(z.array(z.string())), taps: z.array(z.number()) });

interface SongName {
  readonly artist: string;
  readonly title: string;
}

/** The unfinished taps of the last song. They are saved at once, so tapping goes on there whatever ended the process. */
export const tapDraft = {
  /** The saved session, if it is of the same song and the same words. */
  resume({ artist, title }: SongName, session: TapSession): TapSession {
    const draft = draftSchema.safeParse(read()).data;
    const same = draft?.artist === artist && draft.title === title && JSON.stringify(draft.parts) === JSON.stringify(partsOf(session));
    return same ? { ...session, taps: draft.taps } : session;
  },
  /** @throws Error when it cannot be written */
  keep({ artist, title }: SongName, session: TapSession): void {
    file().writeSync({ artist, title, parts: partsOf(session), taps: session.taps });
  },
  forget(): void {
    file().writeSync(null);
  },
};

function partsOf({ lines }: TapSession): readonly (readonly string[])[] {
  return lines.map(({ parts }) => parts);
}

function file(): ReturnType<typeof jsonFile> {
  return jsonFile(path.join(readEnvironment().dataDir, "lyrics-tap.json"));
}

function read(): unknown {
  try {
    return file().read();
  } catch {
    // Damaged: tapped anew.
    return undefined;
  }
}

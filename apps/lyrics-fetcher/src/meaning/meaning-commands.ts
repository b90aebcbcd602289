import type { Reply } from "@vj/schema";
import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import type { CurrentSong } from "../current-song.ts";
import { questionOf } from "../song.ts";
import type { Understanding } from "./understanding.ts";

export interface MeaningCommandsOptions {
  readonly current: CurrentSong;
  readonly understanding: Understanding;
  /** Whether `llm_enabled` is on. */
  isEnabled(): boolean;
  /** Ends when the worker does. */
  readonly signal: AbortSignal;
}

const nothing = z.object({});

/** The commands for what the song that is shown is about. Each answers at once; what comes of it stands in `llm` of the state. */
export function meaningCommands({ current, understanding, isEnabled, signal }: MeaningCommandsOptions): CommandTable {
  const off = (): Reply | undefined => (isEnabled() ? undefined : failed("llm_enabled is off: vj config set lyrics_fetcher llm_enabled=true", "refused"));
  return {
    understand: defineCommand({
      description: "Asks the language model once more what the song that is shown is about, although an answer is kept",
      args: nothing,
      run: () => {
        const { track } = current;
        if (track === undefined) return failed("no song is shown", "refused");
        const question = questionOf(current.song);
        if (question.lines.length === 0) return failed(`no lyrics of ${track.artist} - ${track.title} are here, so there is nothing to understand`, "refused");
        return off() ?? (understanding.again(question, true) ? ok(`the language model is asked about ${track.artist} - ${track.title}`) : failed("the language model is being asked already", "busy"));
      },
    }),
    forget_meaning: defineCommand({
      description: "Forgets what language models answered about the song that is shown; it is asked anew when the song begins again, or by understand",
      args: nothing,
      run: () => {
        const { track } = current;
        if (track === undefined) return failed("no song is shown", "refused");
        const count = understanding.forget(questionOf(current.song));
        const song = `${track.artist} - ${track.title}`;
        return count === 0 ? ok(`nothing was kept of ${song}`, { forgotten: 0 }) : ok(`${count === 1 ? "the kept answer" : `${count} kept answers`} about ${song} forgotten; what is shown holds`, { forgotten: count });
      },
    }),
    test_model: defineCommand({
      description: "Asks the language model a short question, to see whether it can be used; counts as a question. The outcome stands in llm.test of the state",
      args: nothing,
      run: () => off() ?? (understanding.test(signal) ? ok("the language model is being tested") : failed("the language model is being tested already", "busy")),
    }),
  };
}

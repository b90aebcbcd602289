import type { Question } from "./packet.ts";

/** Questions wait so long for others, ms: a packet that names many services costs one packet of questions. */
const gatherMs = 50;
/** Questions of one packet; what is left out is asked for when it is named again. */
const mostQuestions = 64;

/** Questions about what others have named, gathered, so that no stranger makes this program send as fast as he does. */
export interface Asking {
  ask(questions: readonly Question[]): void;
  close(): void;
}

/** @param send gets the questions of one packet, each once */
export function createAsking(send: (questions: Question[]) => void): Asking {
  const waiting = new Map<string, Question>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const questions = [...waiting.values()];
    waiting.clear();
    send(questions);
  };
  return {
    ask(questions) {
      for (const question of questions) if (waiting.size < mostQuestions) waiting.set(`${question.type} ${question.name}`, question);
      if (waiting.size > 0) timer ??= setTimeout(flush, gatherMs);
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** One rung of a ladder: a way to answer a question, which may have no answer. */
export interface Rung<Q, A> {
  /** The name of this origin of answers in `get_state`. */
  readonly name: string;
  /**
   * Answers the question; undefined when this rung has no answer and the next one is asked.
   * @throws Error when it failed: then no other rung is asked.
   */
  ask(question: Q, signal: AbortSignal): Promise<A | undefined>;
}

/** Asks rung after rung until one has an answer. @returns the answer and the name of its rung; undefined when none has one. */
export async function climb<Q, A>(rungs: readonly Rung<Q, A>[], question: Q, signal: AbortSignal): Promise<{ answer: A; from: string } | undefined> {
  for (const rung of rungs) {
    const answer = await rung.ask(question, signal);
    if (answer !== undefined) return { answer, from: rung.name };
  }
  return undefined;
}

/** One rung of a ladder: a way to answer a question, which may not know. */
export interface Rung<Q, A> {
  /** Where an answer comes from, as `get_state` names it. */
  readonly name: string;
  /**
   * Answers the question; undefined when this rung does not know and the next one is asked.
   * @throws Error when it could not find out: then no other rung is asked.
   */
  ask(question: Q, signal: AbortSignal): Promise<A | undefined>;
}

/** Asks rung after rung until one knows. @returns the answer and the name of its rung; undefined when none knows. */
export async function climb<Q, A>(rungs: readonly Rung<Q, A>[], question: Q, signal: AbortSignal): Promise<{ answer: A; from: string } | undefined> {
  for (const rung of rungs) {
    const answer = await rung.ask(question, signal);
    if (answer !== undefined) return { answer, from: rung.name };
  }
  return undefined;
}

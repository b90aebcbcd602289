/**
 * Calls back `perSecond` times a second with the number of periods since the start. Periods are counted from the start,
 * so lateness does not add up; after a pause the missed ones come in one call.
 * @returns a function that stops it
 */
export function startFrameTimer(perSecond: number, onFrame: (frames: number) => void): () => void {
  const started = performance.now();
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const elapsed = performance.now() - started;
    const next = Math.floor((elapsed * perSecond) / 1000) + 1;
    timer = setTimeout(fire, Math.ceil((next * 1000) / perSecond - elapsed));
  };
  const fire = (): void => {
    wait();
    onFrame(Math.floor(((performance.now() - started) * perSecond) / 1000));
  };
  wait();
  return () => clearTimeout(timer);
}

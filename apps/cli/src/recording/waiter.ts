/** A wait that can be cut short. */
export interface Waiter {
  /** Resolves after so many milliseconds, or at the next `wake`. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

export function createWaiter(): Waiter {
  let wake = (): void => {};
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
}

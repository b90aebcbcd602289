/** What a person asks for by a key. */
export type ReplayKey = { readonly type: "pause" } | { readonly type: "jump"; readonly seconds: number } | { readonly type: "end" };

const jumpSeconds = 10;

const keys: Readonly<Record<string, ReplayKey>> = {
  " ": { type: "pause" },
  "\u001B[C": { type: "jump", seconds: jumpSeconds },
  "\u001B[D": { type: "jump", seconds: -jumpSeconds },
  q: { type: "end" },
  "\u0003": { type: "end" },
};

/** Takes keys from a terminal: space, left, right, q, Ctrl-C. @returns gives the terminal back; nothing happens where there is none */
export function replayKeys(onKey: (key: ReplayKey) => void): () => void {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return () => {};
  const onData = (data: Buffer): void => {
    const key = keys[data.toString()];
    if (key !== undefined) onKey(key);
  };
  stdin.setRawMode(true).resume().on("data", onData);
  return () => {
    stdin.off("data", onData).setRawMode(false).pause();
  };
}

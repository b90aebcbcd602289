import { Box, Text, useInput } from "ink";
import { memo, useSyncExternalStore } from "react";
import type { ReactElement } from "react";
import { readKeys } from "./read-key.ts";

/** The rows of the picture, already painted, and how to learn of new ones. */
export interface Frames {
  get(): readonly string[];
  subscribe(listener: () => void): () => void;
}

export interface FrameProps {
  readonly frames: Frames;
  /** Called for each key; undefined where there is no keyboard. */
  readonly onKey: ((key: string) => void) | undefined;
}

/** The whole picture: one text per row, so that rows that stay the same cost nothing. */
export function Frame({ frames, onKey }: FrameProps): ReactElement {
  const rows = useSyncExternalStore(frames.subscribe, frames.get);
  return (
    <Box flexDirection="column">
      {rows.map((text, index) => (
        // A row is its place on the screen and nothing else.
        <Row key={index} text={text} />
      ))}
      {onKey === undefined ? null : <Keyboard onKey={onKey} />}
    </Box>
  );
}

// An empty text would take no row at all.
const Row = memo(({ text }: { readonly text: string }) => <Text wrap="truncate">{text === "" ? " " : text}</Text>);

function Keyboard({ onKey }: { readonly onKey: (key: string) => void }): null {
  useInput((input, key) => {
    for (const name of readKeys(input, key)) onKey(name);
  });
  return null;
}

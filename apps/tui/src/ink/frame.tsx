import { Box, Text, Transform } from "ink";
import { memo, useSyncExternalStore } from "react";
import type { ReactElement } from "react";
import type { PaintedPicture } from "../session.ts";

/** The newest picture, and how to learn of newer ones. */
export interface Frames {
  get(): PaintedPicture;
  subscribe(listener: () => void): () => void;
}

export interface FrameProps {
  readonly frames: Frames;
}

/** The whole picture: one text per row, so that rows that stay the same cost nothing. */
export function Frame({ frames }: FrameProps): ReactElement {
  const { rows, width } = useSyncExternalStore(frames.subscribe, frames.get);
  return (
    <Box flexDirection="column">
      {rows.map((text, index) => (
        // A row is its place on the screen and nothing else.
        <Row key={index} text={text} width={width} />
      ))}
    </Box>
  );
}

/**
 * One row. Ink measures every text for every picture, and signs and colours make that the larger half of its work; it is
 * given blanks of the same width to measure, and the row itself to print.
 */
const Row = memo(({ text, width }: { readonly text: string; readonly width: number }) => (
  <Transform transform={() => text}>
    <Text>{" ".repeat(width)}</Text>
  </Transform>
));

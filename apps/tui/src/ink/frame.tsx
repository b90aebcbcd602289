import { useLayoutEffect } from "react";
import type { PaintedPicture } from "../session.ts";

/** The newest picture, and how to learn of newer ones. */
export interface Frames {
  get(): PaintedPicture;
  subscribe(listener: () => void): () => void;
}

export interface FrameProps {
  readonly frames: Frames;
  /** Puts a picture on the terminal. */
  readonly show: (picture: PaintedPicture) => void;
}

/**
 * The whole picture. Nothing of it passes through Ink's own output, which writes every row anew, nor through React, which would compare
 * an empty tree for each picture: Ink runs the component for as long as it stands, and what it shows is compared with what stands on the
 * terminal, cell by cell.
 */
export function Frame({ frames, show }: FrameProps): null {
  useLayoutEffect(() => {
    const showNewest = (): void => show(frames.get());
    showNewest();
    return frames.subscribe(showNewest);
  }, [frames, show]);
  return null;
}

import { useLayoutEffect, useSyncExternalStore } from "react";
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
 * The whole picture. Nothing of it passes through Ink's own output, which writes every row anew: Ink runs the component, and what it shows
 * is compared with what stands on the terminal, cell by cell.
 */
export function Frame({ frames, show }: FrameProps): null {
  const picture = useSyncExternalStore(frames.subscribe, frames.get);
  useLayoutEffect(() => show(picture), [picture, show]);
  return null;
}

import { render } from "ink";
import type { Instance } from "ink";
import { Frame } from "./frame.tsx";
import type { Frames } from "./frame.tsx";

/** At least twice the rate of pictures: Ink drops those that come sooner than one interval after the last. */
const maxFps = 30;

/** Draws frames from the place of the cursor on, until it is unmounted. */
export function mountFrames(frames: Frames, stdout: NodeJS.WriteStream, stdin: NodeJS.ReadStream): Instance {
  return render(<Frame frames={frames} />, { stdout, stdin, maxFps, exitOnCtrlC: false, patchConsole: false });
}

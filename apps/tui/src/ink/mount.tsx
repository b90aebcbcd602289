import { render } from "ink";
import type { Instance } from "ink";
import { Frame } from "./frame.tsx";
import type { FrameProps } from "./frame.tsx";

/** Shows frames until it is unmounted. */
export function mountFrames(props: FrameProps, stdout: NodeJS.WriteStream, stdin: NodeJS.ReadStream): Instance {
  return render(<Frame {...props} />, { stdout: silent(stdout), stdin, exitOnCtrlC: false, patchConsole: false });
}

/** The terminal as Ink sees it: what Ink writes (moves of the cursor, empty rows) is dropped, and its size is not Ink's business. */
function silent(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get(target, property) {
      if (property === "write") return () => true;
      const value: unknown = Reflect.get(target, property, target);
      if ((property === "on" || property === "off") && typeof value === "function") {
        return (event: string, ...rest: unknown[]) => (event === "resize" ? target : Reflect.apply(value, target, [event, ...rest]));
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

import type { KeyBinding, KeyContext } from "./keys.ts";

/** The key that copies what is chosen. @param textOf the text; undefined: there is nothing */
export function copyKey<C extends KeyContext>(textOf: (context: C) => string | undefined): Omit<KeyBinding, "run"> & { run(context: C): void } {
  return {
    keys: ["y"],
    label: "copy this line",
    run: (context) => {
      const text = textOf(context);
      if (text === undefined || text === "") return context.say("There is nothing to copy");
      context.copy(text);
    },
  };
}

import type { Choice } from "./capture/choose-source.ts";

/** The playing source and the reason, in one text for a person: `playing the demo signal: no sound device found`. */
export function describeChoice(choice: Choice): string {
  return choice.note === "" ? describeSource(choice) : `${describeSource(choice)}: ${choice.note}`;
}

/** The playing source, without the reason. */
export function describeSource({ source, chosenBy }: Pick<Choice, "source" | "chosenBy">): string {
  switch (source.kind) {
    case "demo":
      return "playing the demo signal";
    case "file":
      return `playing file "${source.name}"`;
    case "osc":
      return `taking the analysis that arrives on UDP ${source.name}`;
    case "none":
      return "no sound";
    default:
      return `listening to ${chosenBy === "default" ? "the default input" : source.kind} "${source.name}"`;
  }
}

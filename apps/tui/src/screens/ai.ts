import { factRows, flatFacts } from "../text/facts.ts";
import { bold, dim, row } from "../text/span.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen } from "../ui/screen.ts";
import type { Drawing, View } from "../widgets/view.ts";

/** What the meaning of the song is made from. */
export const aiScreen: Screen<undefined> = {
  id: "ai",
  key: "5",
  title: "AI",
  init: undefined,
  keys: () => [...scrolling()],
  draw,
  listens: () => usualAddresses,
};

function draw({ rig, width }: View): Drawing {
  const state = rig.workers["lyrics_fetcher"]?.state;
  const pipeline = Object.entries(state ?? {}).filter(([key]) => key === "pipeline").flatMap(([key, value]) => flatFacts(key, value));
  return { top: [row(bold("AI")), []], list: pipeline.length === 0 ? [row(dim("lyrics_fetcher reports nothing"))] : factRows(pipeline, width) };
}

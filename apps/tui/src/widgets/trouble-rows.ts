import { managerOf } from "@vj/rig";
import { troublesOf } from "../rig/troubles.ts";
import type { Trouble } from "../rig/troubles.ts";
import { signColours } from "../text/signs.ts";
import { Span, bold, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import type { View } from "./view.ts";

/** All that is wrong, and what the process manager warns of, on as many rows as it takes. Pure. */
export function troubleRows({ rig, now, signs, width }: Pick<View, "rig" | "now" | "signs" | "width">): Line[] {
  const listed = managerOf(rig)?.state?.["warnings"];
  const warnings = (Array.isArray(listed) ? listed.map(String) : []).map((what): Trouble => ({ sign: "warn", what, more: "", names: [] }));
  const all = [...troublesOf(rig, now), ...warnings];
  if (all.length === 0) return [row(bold("What is wrong")), [], row("Nothing that is known")];
  return [row(bold("What is wrong")), ...all.flatMap((trouble) => [[], ...rowsOf(trouble, signs[trouble.sign], width)])];
}

function rowsOf({ sign, what, more, names }: Trouble, mark: string, width: number): Line[] {
  const colour = signColours[sign];
  const text = names.length > 1 ? `${what}: ${names.join(", ")}` : what;
  const head = fold(text, width - 4).map((part, index) => row(new Span(` ${index === 0 ? mark.trimEnd() : " "} ${part}`, colour === undefined ? {} : { colour })));
  return [...head, ...(more === "" ? [] : more.split(/; | {2}/).flatMap((part) => fold(part, width - 4)).map((part) => row(dim(`   ${part}`))))];
}

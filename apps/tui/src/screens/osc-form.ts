import { textField } from "@vj/rig";
import { readMessage } from "@vj/rig/receiver";
import { readPlace, resolveTarget } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { openTask } from "../ui/form/form.ts";
import type { Form } from "../ui/form/form.ts";

/** A place that is typed. */
const typed = "other";

/** One message to a target, or to any place. @param address what it is filled in with */
export function sendOscForm(address: string, { targets: { list } }: RigState): Form {
  const names = list?.targets.map(({ name }) => name) ?? [];
  const schema = {
    type: "object",
    properties: {
      target: { enum: [...names, typed], description: `Who gets it; ${typed}: the place below` },
      place: { type: "string", description: "host:port, where the target is other" },
      address: { type: "string", description: "An address, for example /audio/level/bass" },
      values: { type: "string", description: "Apart by blanks: 7 is an int, 7.0 a float, anything else a text; i:7 f:7 s:7 name the type; \"two words\" is one text" },
    },
    required: ["target", "address"],
  };
  const apply: NonNullable<Form["task"]>["apply"] = (entered, rig, commands) => {
    const text = (key: string): string => (textField(entered, key) ?? "").trim();
    const target = rig.targets.list?.targets.find(({ name }) => name === text("target"));
    const read = target === undefined ? readPlace(text("place")) : { ok: true as const, place: resolveTarget(target) };
    const message = readMessage(text("address"), wordsOf(text("values")));
    const problems = new Map<string, string>();
    if (!read.ok) problems.set("place", `does not fit: ${read.fault}`);
    if (!message.ok) problems.set("address", message.error);
    if (read.ok && message.ok) void commands.targets.sendOnce(read.place, message.bytes, text("address"));
    return problems;
  };
  return openTask({ title: "Send a test message", about: "It goes out as it stands, not through the view of the target", label: "send it", values: { target: names[0] ?? typed, address }, apply }, schema);
}

/** Words apart by blanks; what stands in quotes is one. */
function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => (quoted === undefined ? word : `s:${quoted}`));
}

import type { Rig } from "@vj/rig";
import { managerName } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { z } from "zod";

const listSchema = z.object({ targets: z.array(z.looseObject({ name: z.string() })), revision: z.string().optional() });
const attempts = 3;

/** Switches a receiver of telemetry on or off. @throws ControlError when the manager does not answer */
export async function switchTarget(rig: Pick<Rig, "send">, name: string, isOn: boolean): Promise<Pick<Reply, "success" | "message">> {
  let reply: Pick<Reply, "success" | "message"> = { success: false, message: "nothing was done" };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const read = await rig.send(managerName, "get_targets");
    const list = listSchema.safeParse(read.data);
    if (!read.success || !list.success) return { success: false, message: read.message ?? "the list of targets is not understood" };
    const { targets, revision } = list.data;
    if (!targets.some((target) => target.name === name)) {
      return { success: false, message: `there is no target ${name}; there are ${targets.map((target) => target.name).join(", ")}` };
    }
    const changed = targets.map((target) => (target.name === name ? { ...target, enabled: isOn } : target));
    const written = await rig.send(managerName, "set_targets", { targets: changed, ...(revision === undefined ? {} : { revision }) });
    reply = { success: written.success, message: written.success ? `${name} is ${isOn ? "on" : "off"}` : written.message };
    // Somebody else has changed the list meanwhile.
    if (written.success || written.data?.["code"] !== "busy") return reply;
  }
  return reply;
}

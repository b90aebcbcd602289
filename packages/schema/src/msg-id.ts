import { z } from "zod";
import { limits } from "@vj/contract";

/** Correlates a reply with its command. Limited in length because every reply repeats it. */
export const msgIdSchema = z.string().max(limits.msgIdCharacters);

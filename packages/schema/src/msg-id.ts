import { z } from "zod";
import { limits } from "./limits.ts";

/** What correlates a reply with its command. Short, because every reply repeats it. */
export const msgIdSchema = z.string().max(limits.msgIdCharacters);

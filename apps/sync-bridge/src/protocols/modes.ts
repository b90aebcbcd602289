/** Directions of a protocol, as set by a person. */
export const modes = ["off", "send", "follow", "both"] as const;

/** Asks the terminal for clicks and the wheel, with places beyond column 223. */
export const mouseOn = "\u001b[?1000h\u001b[?1006h";
export const mouseOff = "\u001b[?1006l\u001b[?1000l";

/** Asks it to mark pastes. */
export const markPastes = "\u001b[?2004h";
export const markNoPastes = "\u001b[?2004l";

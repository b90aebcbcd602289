/**
 * Takes answers of the terminal out of its input: the strings OSC, DCS, APC, PM and SOS, as sent to a program that asked for a colour, a
 * version or the clipboard. One asked for by the program before this one may still arrive. Pure.
 */
export interface ReplyFilter {
  /** @param now milliseconds, any origin @returns the input without them */
  withoutReplies(input: string, now: number): string;
}

/** How long the rest of an answer is waited for, milliseconds. */
const restMs = 50;

const reply = /\u001b[\]PX^_][^\u0007\u0018\u001a\u001b]+(?:\u001b\\|[\u0007\u0018\u001a]|(\u001b?$)|)/g;
const restOfReply = /^[^\u0007\u0018\u001a\u001b]*(?:\u001b\\|[\u0007\u0018\u001a]|(\u001b?$)|)/;

export function createReplyFilter(): ReplyFilter {
  /** The end of an answer that has not ended; undefined: there is none. */
  let open: string | undefined;
  let openUntil = 0;

  return {
    withoutReplies(input, now) {
      // A piece of input ends within a string where nothing but an escape follows it.
      const cut = (_: string, end: string | undefined): string => {
        open = end;
        openUntil = now + restMs;
        return "";
      };
      const escaped = open === "\u001b" ? open : "";
      const goesOn = open !== undefined && now <= openUntil;
      open = undefined;
      return (goesOn ? (escaped + input).replace(restOfReply, cut) : input).replace(reply, cut);
    },
  };
}

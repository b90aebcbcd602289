/** Endings of audio and video files that are played at a party. */
const endings = /\.(?:mp[234]|mpc|m4[abpv]|aac|alac|aiff?|aifc|ape|asf|au|avi|caf|dff|dsf|flac|flv|mid|mka|mkv|mod|mov|mpe?g|oga|ogg|ogv|opus|spx|ts|tta|wav|webm|wm[av]|wv|xm)$/i;
/** The ending of a text that is surely the name of a file: "Vol. 1.5" has none. */
const anyEnding = /\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,5}$/i;

/** Whether a title is only the name of a file: it has the ending of one, or is the last part of the address, with its ending or without. */
export function isFileName(title: string, url: string): boolean {
  const name = lastPart(url);
  return endings.test(title) || (name !== "" && (title === name || title === name.replace(anyEnding, "")));
}

/** A title that is the name of a file, without its ending. @param url what is played; it names the file where the title is empty */
export function fileTitle(title: string, url: string): string {
  const name = lastPart(url);
  return title === "" || title === name ? name.replace(anyEnding, "") : title.replace(endings, "");
}

function lastPart(url: string): string {
  const last = url.split(/[?#]/)[0]?.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    // A stray per cent sign.
    return last;
  }
}

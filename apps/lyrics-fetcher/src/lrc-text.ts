import { sanitizeText } from "@vj/schema";
import { withoutEntities } from "./entities.ts";
import { withoutWordStamps } from "./lrc-stamps.ts";

/** A line must fit into one datagram: characters. */
export const longestText = 300;

/** Marks of sub-title formats, and tags of LRC that belong on a line of their own. */
const inlineTags =
  /<\/?[a-z][a-z0-9.#=" ]{0,40}>|\{\\[^}]{0,80}\}|\[(?:ar|al|ti|au|by|re|ve|la|id|key|bpm|tool|length|offset|tr)\s*:[^\]]{0,200}\]|\[colou?r\]\s*(?:0x[0-9a-f]{1,8})?/gi;
/** Who sings, as Walaoke and TTML converters write it: `F:`, `M:`, `D:`, `v1:`, `bg:`, `男：`. */
const singer = /^(?:[FMD]|v\d{1,2}|bg|both|all|male|female|duet|[男女合])\s*[:：]\s*(?=\S)/i;
const onlyNotes = /^[\s♩♪♫♬🎵🎶]+$/u;

/** The sung text of one line: without word stamps, inline tags and the name of the singer; empty for a line of notes only. */
export function sungText(raw: string): string {
  const text = withoutSinger(plainText(withoutWordStamps(raw)).trim());
  return onlyNotes.test(text) ? "" : Array.from(text).slice(0, longestText).join("");
}

/** The text without inline tags, entities of web pages and anything that could steer a terminal; blanks joined, also those at its ends kept as one. */
export function plainText(raw: string): string {
  return sanitizeText(withoutEntities(raw.replace(inlineTags, "")), 10 * longestText).replace(/\s+/g, " ");
}

/** The text without the name of who sings it. */
export function withoutSinger(text: string): string {
  return text.replace(singer, "");
}

/** Roles that no singer names with a colon; ideographs may have blanks between them. */
const ideographRole = String.raw`(?:作\s*[词詞曲]|[填词詞曲]\s*[词詞]?|编\s*曲|編\s*曲|演\s*唱|原\s*唱|翻\s*唱|歌\s*手|制\s*作(?:\s*人)?|製\s*作(?:\s*人)?|监\s*制|監\s*製|混\s*音(?:\s*师)?|母\s*带(?:\s*.{0,4})?|录\s*音(?:\s*.{0,4})?|錄\s*音(?:\s*.{0,4})?|和\s*[声聲](?:\s*.{0,2})?|吉\s*他|贝\s*斯|鼓(?:\s*手)?|键\s*盘|弦\s*[乐樂]|出\s*品(?:\s*.{0,3})?|发\s*行(?:\s*.{0,3})?|發\s*行(?:\s*.{0,3})?|企\s*[划劃]|统\s*筹|統\s*籌|策\s*[划劃]|版\s*[权權](?:\s*.{0,3})?|音\s*[乐樂]\s*(?:总监|總監|制作|製作|监制)|作詞作曲|词曲|詞曲|作词作曲|작사|작곡|편곡|노래|가수|프로듀서|프로듀싱|믹싱|마스터링)`;
/** A credit may name several roles, and each in a second language: "作词/作曲 Lyrics & Music：". */
const ideographRoles = new RegExp(
  String.raw`^${ideographRole}(?:\s*[/／、,，・·&＆和与與]\s*${ideographRole}){0,5}(?:\s*[/／]?\s*[A-Za-z][A-Za-z .&/'-]{0,60})?\s*[:：]`,
  "u",
);
/** Lines of services and publishers, which stand also at the end. */
const notice =
  /^(?:©|℗|\([cp]\) ?\d{4}|[【（(]?(?:未经|未經|本歌曲|本作品).{0,40}(?:许可|許可|授权|授權|翻唱|使用)|(?:synced |synchronized |timed )?lyrics (?:provided|powered|licensed|synced|synchronized|transcribed) by\b|(?:lyrics )?(?:synchronized )?(?:by )?(?:www\.)?rentanadviser(?:\.com)?\b)/iu;
const latinRole =
  /^(?:lyrics?|lyricists?|words|music|songwriters?|writers?|written|composers?|composed|composition|producers?|produced|arrangers?|arranged|arrangement|mix(?:ed|ing)?|master(?:ed|ing)?|record(?:ed|ing)|engineers?|vocals?|backing vocals?|guitars?|bass|drums|keyboards?|piano|strings|publishers?|published|copyright|artist|singer|performed|album|title|isrc|op|sp|text|paroles|musique|musik|letra|música|testo|musica)(?:\s+(?:&|and|und|et|y|e)\s+[\p{L} ]{2,20})?(?:\s+(?:by|von|par|por|di|engineers?|producers?))?\s*[:：]/iu;
const byLine = /^(?:Lyrics|Words|Music|Written|Composed|Produced|Arranged|Mixed|Mastered|Recorded)(?: (?:&|and) (?:[Ll]yrics|[Ww]ords|[Mm]usic|[Cc]omposed|[Pp]roduced))? [Bb]y \p{Lu}/u;
/** A role and a name with a dash between them. Only roles of people: "Music - " may begin a sung line. */
const dashRole = /^(?:lyricists?|composers?|songwriters?|producers?|arrangers?|(?:mix(?:ing)?|mastering|recording) engineers?)\s+[-–—]\s+\S/iu;

/** Credits stand at the beginning, seconds. */
const creditsSec = 60;

/**
 * Whether a line is a credit ("Lyrics by: …", "作词 : …") and not sung.
 * @param time seconds from the start of the track.
 */
export function isCredit(text: string, time: number): boolean {
  return ideographRoles.test(text) || notice.test(text) || (time < creditsSec && (latinRole.test(text) || byLine.test(text) || dashRole.test(text)));
}

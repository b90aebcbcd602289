/** Scripts in which each sign is about one syllable. */
const syllabic = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** Small kana sound together with the sign before them. */
const smallKana = /[ゃゅょぁぃぅぇぉャュョァィゥェォ]/gu;
const vowelGroups = /[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿāēīōūąęěůıаеёиоуыэюяіїєαεηιουωάέήίόύώ]+/giu;
const otherLetters = /[\p{L}\p{N}]/gu;

/** About how many syllables a word of any script has; at least 1. */
export function countSyllables(word: string): number {
  const signs = count(word, syllabic) - count(word, smallKana);
  const rest = word.replaceAll(syllabic, "");
  const groups = count(rest, vowelGroups);
  // "time", "lined": the e of most English and French endings is silent.
  const silent = groups > 1 && /[^aeiouyéèêl](?:e|es|ed)[^\p{L}]*$/iu.test(rest) && !/[td]ed[^\p{L}]*$/iu.test(rest) ? 1 : 0;
  // Scripts without vowel signs that we know: two letters are about one syllable.
  const unknown = groups === 0 ? Math.ceil(count(rest, otherLetters) / 2) : 0;
  return Math.max(1, signs + groups - silent + unknown);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

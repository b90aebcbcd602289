import type { Category } from "@vj/schema";

/**
 * Words that show a mood, in lower case: English, German, French, Spanish. A word that ends in `*` stands for all that begin so.
 * Words that mean something else in another of these languages (German "die", "war", "hell", "fast") are left out.
 */
export const moodWords: Readonly<Record<Category, readonly string[]>> = {
  dark: ["dark", "darkness", "night", "midnight", "shadow", "black", "demon*", "devil*", "dunkel*", "nacht", "nächte", "schatten", "nuit", "noir", "noire", "noche", "oscur*"],
  happy: ["happy", "happiness", "smile*", "smiling", "laugh*", "joy", "joyful", "sunshine", "glück*", "lachen", "lacht", "freude*", "heureu*", "sourire*", "joie", "feliz", "felices", "alegr*", "sonris*"],
  sad: ["sad", "sadness", "cry", "cried", "crying", "tear", "lonely", "loneliness", "alone", "goodbye", "sorrow*", "hurts", "hurting", "traurig*", "weinen", "weint", "tränen", "einsam*", "triste*", "pleure*", "larme", "llorar", "lloro", "lágrima*", "soledad"],
  energetic: ["dance*", "dancing", "jump*", "run", "running", "move", "moving", "party", "fire", "faster", "energy", "tanz", "tanze*", "feuer*", "danse*", "bailar", "baila", "bailando", "fuego", "fiesta"],
  calm: ["calm*", "quiet*", "slow", "slowly", "sleep*", "breathe", "breathing", "ruhe", "ruhig*", "schlaf*", "doucement", "tranquil*", "despacio"],
  love: ["love", "loved", "lover", "loving", "heart", "darling", "baby", "liebe", "lieben", "liebst", "herz*", "amour*", "aime", "aimer", "coeur", "cœur", "amor", "amores", "corazón", "quiero", "quieres"],
  death: ["death", "dead", "dying", "dies", "grave", "ghost", "kill*", "tod", "tot", "tote*", "sterben", "stirbt", "mourir", "muert*", "morir"],
  romantic: ["kiss*", "moonlight", "tonight", "forever", "kuss", "küss*", "ewig*", "baiser", "toujours", "beso", "besos", "siempre", "luna"],
  aggressive: ["fight*", "warfare", "battle*", "blood*", "hate", "hated", "rage", "anger", "angry", "break", "breaking", "kampf", "kämpf*", "krieg*", "hass", "hasse*", "wut", "wütend*", "guerre", "haine", "guerra", "odio", "sangre"],
  peaceful: ["peace*", "dream*", "heaven*", "angel", "gentle", "gently", "frieden*", "traum", "träum*", "himmel*", "paix", "rêve*", "paz", "sueño", "sueños", "cielo"],
  nostalgic: ["remember*", "yesterday", "memories", "memory", "childhood", "erinner*", "gestern", "damals", "souvenir*", "recuerd*", "ayer"],
  uplifting: ["rise", "rising", "shine", "shining", "hope", "hopes", "free", "freedom", "fly", "flying", "believe*", "stronger", "hoffnung*", "frei", "freiheit", "flieg*", "glaube*", "espoir*", "libre", "libres", "esperanza*", "volar"],
};

/** Whether a word, in lower case, is one of a list; the plural in -s of a whole word, too. */
export function isMoodWord(word: string, list: readonly string[]): boolean {
  return list.some((entry) => (entry.endsWith("*") ? word.startsWith(entry.slice(0, -1)) : word === entry || word === `${entry}s`));
}

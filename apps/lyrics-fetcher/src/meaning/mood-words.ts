import type { Category } from "@vj/schema";

/** Words that show a mood, in lower case: English, German, French, Spanish. Beginnings of words count too. */
export const moodWords: Readonly<Record<Category, readonly string[]>> = {
  dark: ["dark", "night", "shadow", "black", "demon", "devil", "hell", "dunkel", "nacht", "schatten", "nuit", "noir", "noche", "oscur"],
  happy: ["happy", "smile", "laugh", "joy", "sunshine", "fun", "glück", "lachen", "freude", "heureu", "sourire", "joie", "feliz", "alegr", "sonris"],
  sad: ["sad", "cry", "tears", "lonely", "alone", "goodbye", "sorrow", "hurt", "traurig", "weinen", "tränen", "einsam", "triste", "pleur", "larme", "llor", "lágrim", "solo"],
  energetic: ["dance", "jump", "run", "move", "party", "fire", "fast", "energy", "tanz", "feuer", "danse", "feu", "bail", "fuego", "fiesta"],
  calm: ["calm", "quiet", "slow", "still", "sleep", "breathe", "ruhe", "still", "schlaf", "calme", "doucement", "tranquil", "calma", "despacio"],
  love: ["love", "heart", "darling", "baby", "liebe", "herz", "amour", "aime", "coeur", "cœur", "amor", "corazón", "quier"],
  death: ["death", "dead", "die", "grave", "ghost", "kill", "tod", "sterben", "grab", "mort", "mourir", "muert", "morir"],
  romantic: ["kiss", "rose", "moonlight", "tonight", "forever", "kuss", "küss", "ewig", "baiser", "toujours", "beso", "siempre", "luna"],
  aggressive: ["fight", "war", "blood", "hate", "rage", "anger", "break", "kampf", "krieg", "hass", "wut", "guerre", "haine", "sang", "guerra", "odio", "sangre"],
  peaceful: ["peace", "dream", "heaven", "angel", "gentle", "frieden", "traum", "himmel", "paix", "rêve", "ange", "paz", "sueño", "cielo"],
  nostalgic: ["remember", "yesterday", "memories", "memory", "used to", "childhood", "erinner", "gestern", "damals", "souvenir", "hier", "recuerd", "ayer"],
  uplifting: ["rise", "shine", "hope", "free", "fly", "believe", "stronger", "hoffnung", "frei", "flieg", "glaub", "espoir", "libre", "vole", "esperanza", "volar"],
};

// Licences that no manifest names: of code which a package contains in its own file, found by reading it.

/** By package: what it contains, and the licence of that. @type {Readonly<Record<string, string>>} */
const contained = {
  // codec-parser, minified
  "@audio/decode-flac": "LGPL-3.0-or-later",
  "@audio/decode-vorbis": "LGPL-3.0-or-later",
  // libmpg123 as WebAssembly
  "@audio/decode-mp3": "LGPL-2.1-only",
  "mpg123-decoder": "LGPL-2.1-only",
};

/** The licences under which a package is. @param {string} name @param {string} stated by its manifest @returns {string} */
export function wholeLicence(name, stated) {
  const more = contained[name];
  return more === undefined ? stated : `${stated} AND ${more}`;
}

import { readFileSync } from "node:fs";
import path from "node:path";

const ownUrl = /\bimport\.meta\.url\b/g;

/**
 * Lets a bundled source see the place that it would have without the bundle, `dist/…` of its package: from there it finds its
 * package.json, its programs and its optional packages.
 * @param {string} app folder of the app that is bundled
 * @returns {import("rolldown").Plugin}
 */
export function ownPlace(app) {
  return {
    name: "own-place",
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/, code: /import\.meta\.(?:url|dirname|filename)/ },
      handler(code, id) {
        const folder = packageFolder(id);
        if (folder === undefined) return null;
        if (/\bimport\.meta\.(?:dirname|filename)\b/.test(code)) throw new Error(`${id} asks for its file or folder, which is another one in a bundle: use import.meta.url`);
        const built = path.relative(path.join(folder, "src"), id).replace(/\.tsx?$/, ".js");
        const url = folder === app ? `new URL("../${built}", import.meta.url).href` : `new URL("dist/${built}", import.meta.resolve("${nameOf(folder)}/package.json")).href`;
        return { code: code.replace(ownUrl, url), map: null };
      },
    },
  };
}

/** The folder of the package that a file belongs to: the nearest with a named package.json. @param {string} file */
export function packageFolder(file) {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (nameOf(folder) !== undefined) return folder;
  }
  return undefined;
}

/** @param {string} folder @returns {string | undefined} */
function nameOf(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).name;
  } catch {
    return undefined;
  }
}

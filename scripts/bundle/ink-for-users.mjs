/**
 * Bundles Ink without what it has for developers, who set `DEV`: it reads that through an import, which `define` does not see.
 * @type {import("rolldown").Plugin}
 */
export const inkForUsers = {
  name: "ink-for-users",
  transform: {
    filter: { id: /\/ink\/build\/(?:utils|devtools)\.js$/ },
    handler(code, id) {
      if (id.endsWith("devtools.js")) return { code: "export {};", map: null };
      const changed = code.replace("process.env['DEV'] === 'true'", "false");
      if (changed === code) throw new Error(`${id} asks for DEV in another way than before: look at it, and mend ink-for-users.mjs`);
      return { code: changed, map: null };
    },
  },
};

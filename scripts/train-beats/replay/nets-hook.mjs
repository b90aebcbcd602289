// Loader hook: an import of the ensemble gets the one of nets-tap.mjs.
const tap = new URL("./nets-tap.mjs", import.meta.url).href;

/** @type {import("node:module").ResolveHook} */
export const resolve = (specifier, context, next) =>
  specifier.endsWith("/ensemble.js") ? { url: tap, shortCircuit: true } : next(specifier, context);

// Loader hook: an import of the end of music gets the one of gate-tap.mjs.
const tap = new URL("./gate-tap.mjs", import.meta.url).href;

/** @type {import("node:module").ResolveHook} */
export const resolve = (specifier, context, next) => (specifier.endsWith("/ending.js") ? { url: tap, shortCircuit: true } : next(specifier, context));

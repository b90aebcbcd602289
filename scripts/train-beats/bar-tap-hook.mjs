// Loader hook: an import of the bar counter gets the one of bar-tap.mjs, which itself gets the real one.
const tap = new URL("./bar-tap.mjs", import.meta.url).href;

/** @type {import("node:module").ResolveHook} */
export const resolve = (specifier, context, next) =>
  specifier.endsWith("/bar-counter.js") && context.parentURL !== tap ? { url: tap, shortCircuit: true } : next(specifier, context);

import meyda from "meyda";

/** Computes one number from an amplitude spectrum; NaN in silence. */
type Extractor = (input: { ampSpectrum: Float32Array }) => number;

/**
 * One of Meyda's feature extractors as a plain function. Called directly on an existing spectrum, it needs neither
 * Meyda's settings (one shared object for the whole process) nor its second transform. Throws when the installed Meyda
 * has no such extractor.
 */
export function meydaExtractor(name: "spectralCentroid" | "spectralFlatness"): Extractor {
  // The types declare a default export, but the CommonJS file assigns `module.exports`; bundlers may do either.
  const library: unknown = "default" in meyda ? meyda.default : meyda;
  const extractors: unknown = isRecord(library) ? library["featureExtractors"] : undefined;
  const extractor: unknown = isRecord(extractors) ? extractors[name] : undefined;
  if (typeof extractor !== "function") {
    throw new Error(`Meyda has no extractor ${name}; install meyda 5.6`);
  }
  return (input) => Number(extractor(input));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

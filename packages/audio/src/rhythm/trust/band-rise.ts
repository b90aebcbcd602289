/** @returns how far a band rises from hop to hop, log units, mean over the bands; to be called with the log bands of each hop. Where a band falls for one hop only, coming back does not count. */
export function createBandRise(bandCount: number): (bands: Float64Array) => number {
  const last = new Float64Array(bandCount);
  const earlier = new Float64Array(bandCount);
  return (bands) => {
    let rise = 0;
    for (let b = 0; b < bandCount; b += 1) rise += Math.max(0, (bands[b] ?? NaN) - Math.max(last[b] ?? NaN, earlier[b] ?? NaN));
    earlier.set(last);
    last.set(bands);
    return rise / bandCount;
  };
}

"""What the network of the sections gets of the log bands, as packages/audio/src/structure/section-inputs.ts computes it. Change both or neither."""
import numpy as np

HOPS, PEAK_FALL, COMPRESSION, RISE = 25, .5 ** (.25 / 40), 100, 10
"""HOPS: frames of a tick. PEAK_FALL: what is left of the long peak after one. RISE: by which rises are multiplied."""


def inputs(values, peaks):
    """Log bands (frames, bands) and the peak they are relative to (frames) -> (ticks, 2 bands)."""
    ticks = len(values) // HOPS
    parts = lambda x: x[:ticks * HOPS].reshape(ticks, HOPS, *x.shape[1:])
    level = (parts(np.expm1(values)) * parts(peaks)[..., None] / COMPRESSION).mean(1)
    rise = np.maximum(0, parts(np.diff(values, axis=0, prepend=values[:1]))).mean(1)
    longest = np.empty(ticks)
    peak = 0.
    for k, new in enumerate(parts(peaks).max(1)):
        peak = max(peak * PEAK_FALL, new)
        longest[k] = peak
    return np.concatenate([np.log1p(COMPRESSION * level / longest[:, None]), RISE * rise], 1)

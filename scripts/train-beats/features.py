"""The tracker's own front end (packages/audio/src/rhythm/front-end/log-bands.ts), so that training sees what it will see."""
import numpy as np

SR, HOP, SIZE = 44100, 441, 1024
LOWEST, HIGHEST, RATIO = 21.5, 16000, 1.2
COMPRESSION, PEAK_DECAY, PEAK_FLOOR = 100, 7, 1e-5


def edges():
    e = [LOWEST]
    while e[-1] < HIGHEST:
        e.append(max(e[-1] + 43.1, e[-1] * RATIO))
    return np.array(e)


BINS = np.maximum(1, np.round(edges() * SIZE / SR).astype(int))
BANDS = len(BINS) - 1
WINDOW = .5 - .5 * np.cos(2 * np.pi * (np.arange(SIZE) + .5) / SIZE)


def log_bands(x):
    """Samples -> (frames, BANDS); frame k ends at sample (k + 1) * HOP."""
    return log_bands_and_peak(x)[0]


def log_bands_and_peak(x):
    """As `log_bands`, and the recent peak that each frame is relative to (frames)."""
    frames = len(x) // HOP
    padded = np.concatenate([np.zeros(SIZE), x])
    out = np.empty((frames, BANDS), np.float32)
    for a in range(0, frames, 512):
        ks = np.arange(a, min(a + 512, frames))
        idx = ((ks + 1) * HOP)[:, None] + np.arange(SIZE)
        mag = np.abs(np.fft.rfft(padded[idx] * WINDOW, axis=1))
        cum = np.concatenate([np.zeros((len(ks), 1)), np.cumsum(mag, axis=1)], axis=1)
        out[ks] = (cum[:, BINS[1:]] - cum[:, BINS[:-1]]) * 4 / SIZE / np.sqrt(BINS[1:] - BINS[:-1])
    loud = out.max(axis=1)
    fall = np.exp(-HOP / SR / PEAK_DECAY)
    peak = np.empty(frames)
    p = PEAK_FLOOR
    for k in range(frames):
        p = max(p * fall, loud[k], PEAK_FLOOR)
        peak[k] = p
    return np.log1p(COMPRESSION * out / peak[:, None]), peak

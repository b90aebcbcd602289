"""Changes of stored features that keep the beats: another tone colour, noise, a lost top or bottom, lost bands, a lost stretch of time, another tempo."""
import numpy as np
from features import COMPRESSION, HOP, PEAK_DECAY, SR

FALL = HOP / SR / PEAK_DECAY
CHANCE = dict(colour=.6, noise=.25, top=.15, bottom=.1, tempo=.5, bands=.35, gap=.2)
"""How often each change is made. The last two take something away (after Park et al. 2019, SpecAugment)."""


def renewed(r):
    """Magnitudes (frames, bands) as features, relative to their own falling peak."""
    k = np.arange(len(r)) * FALL
    peak = np.exp(np.maximum.accumulate(np.log(r.max(1) + 1e-9) + k) - k)
    return np.log1p(COMPRESSION * r / np.maximum(peak, 1e-5)[:, None])


def lost(rng, r):
    """Magnitudes without some neighbouring bands, for the whole clip or for a part, and almost without sound for up to four seconds: no single
    instrument is to be needed, and the beat is to be remembered."""
    frames, bands = r.shape
    if rng.random() < CHANCE['bands']:
        first, count = rng.integers(bands), rng.integers(2, 8)
        a, b = (0, frames) if rng.random() < .5 else sorted(rng.integers(frames, size=2))
        r[a:b, first:first + count] *= 10 ** (rng.uniform(-50, -15) / 20)
    if rng.random() < CHANCE['gap']:
        a = rng.integers(frames)
        r[a:a + rng.integers(50, 400)] *= 10 ** (rng.uniform(-45, -15) / 20)
    return r


def changed(rng, f, beats, downs):
    """Features (frames, bands) with their labels in seconds -> the same after changes."""
    frames, bands = f.shape
    if f.max() <= 0:
        return f, beats, downs
    if rng.random() < CHANCE['tempo']:
        pace = np.exp(rng.uniform(np.log(.9), np.log(1.1)))
        at = (np.arange(frames) * pace).astype(int)
        f = np.where((at < frames)[:, None], f[np.minimum(at, frames - 1)], 0)
        beats, downs = beats / pace, downs / pace
    r = np.expm1(f) / COMPRESSION
    db = np.zeros(bands)
    k = np.arange(bands)
    if rng.random() < CHANCE['colour']:
        db += rng.normal(0, 5) * (k / bands - .5) * 2 + rng.normal(0, 3) * np.sin(k * rng.uniform(.1, .5) + rng.uniform(0, 6.3))
    if rng.random() < CHANCE['top']:
        db -= np.clip((k - rng.uniform(12, 27)) * 8, 0, 50)
    if rng.random() < CHANCE['bottom']:
        db -= np.clip((rng.uniform(1, 9) - k) * 8, 0, 40)
    r = r * 10 ** (db / 20)
    r = lost(rng, r)
    if rng.random() < CHANCE['noise']:
        floor = 10 ** (rng.uniform(-55, -18) / 20) * np.exp(rng.normal(0, .6) * np.linspace(-1, 1, bands))
        r = r + floor * np.sqrt(.5 * rng.chisquare(2, r.shape)) * (r.max(1) > 0)[:, None]
    return renewed(r), beats, downs

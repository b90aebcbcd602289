"""From tracks to a mix: amplifier, compressor, old media, rooms."""
import numpy as np
from .fonts import SR

RATE = 441


def amplifier(rng, x):
    """A distorted guitar and its cabinet."""
    x = x / (np.sqrt(np.mean(x ** 2)) + 1e-6)
    x = np.tanh(rng.uniform(1, 8) * x)
    return filtered(x, rng.uniform(70, 150), rng.uniform(2800, 6500))


def filtered(x, low, high, steep=4):
    size = -(-len(x) // 16384) * 16384
    hz = np.maximum(np.fft.rfftfreq(size, 1 / SR).astype(np.float32), 1)
    gain = 1 / (1 + (low / hz) ** steep) / (1 + (hz / high) ** steep)
    return np.fft.irfft(np.fft.rfft(x, size) * gain, size)[:len(x)].astype(np.float32)


def pumped(rng, x):
    """A compressor over the whole mix, quick and hard in some."""
    hop = SR // 200
    level = np.sqrt(np.mean(x[:len(x) // hop * hop].reshape(-1, hop) ** 2, 1)) + 1e-4
    rise, fall = np.exp(-1 / (200 * rng.uniform(.003, .03))), np.exp(-1 / (200 * rng.uniform(.05, .6)))
    now, follow = level[0], np.empty(len(level))
    for k, value in enumerate(level):
        keep = rise if value > now else fall
        now = keep * now + (1 - keep) * value
        follow[k] = now
    gain = np.maximum(follow, .1 * level.max()) ** -rng.uniform(.2, .85)
    return (x * np.interp(np.arange(len(x)), (np.arange(len(gain)) + .5) * hop, gain)).astype(np.float32)


def small_room(rng, x):
    n = int(SR * rng.uniform(.05, .9))
    tail = rng.standard_normal(n) * np.exp(-np.arange(n) / (n / 6))
    size = -(-(len(x) + n) // 16384) * 16384
    wet = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(tail, size), size)[:len(x)]
    return (x + rng.uniform(.1, .8) * wet * np.sqrt(np.mean(x ** 2) / (np.mean(wet ** 2) + 1e-9))).astype(np.float32)


def old_medium(rng, x):
    """Vinyl, tape, telephone or a poor codec."""
    kind = rng.random()
    x = x / (np.sqrt(np.mean(x ** 2)) + 1e-9)
    if kind < .35:
        x = filtered(x, rng.uniform(30, 150), rng.uniform(3500, 9000))
    elif kind < .45:
        x = filtered(x, rng.uniform(200, 400), rng.uniform(2800, 4000))
    else:
        x = filtered(x, 20, rng.uniform(9000, 15500), 24)
    if kind < .35 and rng.random() < .6:
        at = rng.integers(0, len(x), int(len(x) / SR * np.exp(rng.uniform(np.log(2), np.log(60)))))
        x[at] += rng.normal(0, rng.uniform(.5, 4), len(at))
        x = filtered(x, 20, 12000)
    if rng.random() < .3:
        x = np.round(x * 24) / 24
    return x.astype(np.float32)


def pitch_ride(rng, x, times):
    """Plays the mix faster and slower. Returns samples and the times moved along."""
    n = len(x) // RATE
    curve = np.interp(np.arange(n), np.linspace(0, n, 6), 1 + rng.uniform(-.05, .05, 6))
    place = np.concatenate([[0], np.cumsum(curve)]) * RATE
    last = min(n, int(np.searchsorted(place, len(x) - 1)))
    at = np.interp(np.arange(last * RATE), np.arange(last + 1) * RATE, place[:last + 1])
    y = np.interp(at, np.arange(len(x)), x).astype(np.float32)
    moved = [np.interp(t * SR, place[:last + 1], np.arange(last + 1) * RATE / SR, right=1e9) for t in times]
    return y, moved

"""Parts of the sounds that are not music (sounds_*.py): coloured noise, a room, random events, tones. Samples at SR, float."""
import numpy as np
from sounds import SR


def times(n):
    return np.arange(n) / SR


def coloured(rng, n, slope):
    """Noise of this slope, dB an octave."""
    return filtered(rng.standard_normal(n), 20, 18000, slope)


def filtered(x, low, high, slope=0):
    hz = np.fft.rfftfreq(len(x), 1 / SR)
    gain = (hz >= low) & (hz <= high)
    return np.fft.irfft(np.fft.rfft(x) * gain * (np.maximum(hz, 20) / 1000) ** (slope / 6.02), len(x))


def wander(rng, n, rate):
    """A smooth random curve with about two random values in each period of this rate, Hz."""
    points = max(4, int(n / SR * rate * 2) + 2)
    return np.interp(np.arange(n), np.linspace(0, n, points), rng.standard_normal(points))


def room(rng, x, seconds=.5):
    n = int(seconds * SR)
    echo = rng.standard_normal(n) * np.exp(-np.arange(n) / (n / 5))
    echo[0] = 8
    size = len(x) + n
    return np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(echo, size), size)[:len(x)]


def scattered(rng, seconds, rate, make, spread=.5):
    """`rate` random events a second, each one of 25 that `make` gives."""
    n = int(seconds * SR)
    out = np.zeros(n + SR)
    bank = [make(rng) for _ in range(25)]
    for at in np.sort(rng.integers(0, n, int(rate * seconds))):
        one = bank[rng.integers(25)]
        out[at:at + len(one)] += one * np.exp(spread * rng.standard_normal())
    return out[:n]


def tone(hz, gains, phases, n, bend=None):
    """Harmonics; `bend` multiplies the frequency, one value a sample."""
    phase = 2 * np.pi * np.cumsum(np.full(n, hz) if bend is None else hz * bend) / SR
    return sum(g * np.sin(k * phase + p) for k, (g, p) in enumerate(zip(gains, phases), 1) if hz * k < 18000)


def unit_power(x):
    return x / x.std()

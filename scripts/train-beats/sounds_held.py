"""Held chords without a beat: each takes (rng, seconds) and gives samples."""
import numpy as np
from sounds import SR
from sound_parts import times, tone, wander

CHORDS = [[1, 1.26, 1.498], [1, 1.189, 1.498], [1, 1.335, 1.498], [1, 1.26, 1.498, 1.888]]
STEPS = [1, .8909, 1, 1.122, .75]
VOWELS = [[700, 1100, 2500], [800, 1200, 2900], [600, 1000, 2400]]


def chords(rng, seconds, voice, each):
    """A new chord after every `each` seconds. voice: (rng, hz, samples) to samples."""
    out = np.zeros(int(seconds * SR))
    root, at = rng.uniform(98, 260), 0
    while at < len(out):
        n = min(len(out) - at, int(each * SR))
        x = sum(voice(rng, root * ratio, n) for ratio in CHORDS[rng.integers(len(CHORDS))])
        edge = np.minimum(np.arange(n), n - np.arange(n)) / (SR * rng.uniform(.05, .8))
        out[at:at + n] = x * np.minimum(1, edge)
        at += n
        root *= STEPS[rng.integers(len(STEPS))]
        root = root * 2 if root < 98 else root / 2 if root > 300 else root
    return out


def trembling(rng, n, low, high):
    return np.sin(2 * np.pi * rng.uniform(low, high) * times(n) + rng.uniform(0, 6))


def organ(rng, seconds):
    stops = np.zeros(8)
    stops[[0, 1, 3, 7]] = rng.uniform(.3, 1, 4)
    stops[2] = rng.uniform(0, .7)
    return chords(rng, seconds, lambda rng, hz, n: tone(hz, stops, rng.uniform(0, 6, 8), n), rng.uniform(4, 30))


def strings(rng, seconds):
    gains, rate = 1 / np.arange(1, 13) ** rng.uniform(1, 1.8), rng.uniform(4.5, 6.5)
    def voice(rng, hz, n):
        return sum(tone(hz * 2 ** (rng.normal() * 6 / 1200), gains, rng.uniform(0, 6, 12), n,
                        1 + .004 * rng.uniform(.5, 2) * trembling(rng, n, .9 * rate, 1.1 * rate)) for _ in range(2))
    x = chords(rng, seconds, voice, rng.uniform(3, 30))
    return x * (1 + .25 * wander(rng, len(x), .7))


def pad(rng, seconds):
    gains = 1 / np.arange(1, 9) ** rng.uniform(1, 2.5)
    voice = lambda rng, hz, n: sum(tone(hz * 2 ** (rng.normal() * 8 / 1200), gains, rng.uniform(0, 6, 8), n) for _ in range(2))
    return chords(rng, seconds, voice, rng.uniform(4, 30))


def sines(rng, seconds):
    return chords(rng, seconds, lambda rng, hz, n: np.sin(2 * np.pi * hz * times(n)), rng.uniform(5, 30))


def tremolo(rng, seconds):
    x = [organ, strings, pad][rng.integers(3)](rng, seconds)
    return x * (1 - rng.uniform(.3, .9) * (.5 + .5 * trembling(rng, len(x), 2.5, 8)))


def guitar(rng, seconds):
    """Strummed chords that ring, through a tremolo."""
    x, t = np.zeros(int(seconds * SR)), 0
    while t < seconds - .5:
        n = int(min(rng.uniform(3, 9), seconds - t) * SR)
        root = rng.uniform(82, 165)
        for k, ratio in enumerate([1, 1.498, 2, 2.52, 3]):
            at = int((t + .02 * k) * SR)
            left = min(n, len(x) - at)
            x[at:at + left] += sum(np.sin(2 * np.pi * root * ratio * h * times(left)) * np.exp(-2.5 * times(left) * h ** .7) / h for h in range(1, 7))
        t += n / SR
    return x * (1 - rng.uniform(.4, .9) * (.5 + .5 * trembling(rng, len(x), 3.5, 8)))


def choir(rng, seconds):
    """Singers who hold a vowel."""
    formants = VOWELS[rng.integers(len(VOWELS))]
    def voice(rng, hz, n):
        out = np.zeros(n)
        for _ in range(rng.integers(2, 5)):
            own = hz * 2 ** (rng.normal() * 12 / 1200)
            partials = np.arange(1, int(5000 / own) + 1) * own
            gains = sum(g / (1 + ((partials - f) / width) ** 2) for f, g, width in zip(formants, [1, .6, .3], [90, 110, 150]))
            out += tone(own, gains, rng.uniform(0, 6, len(partials)), n, 1 + .006 * trembling(rng, n, 4.8, 6.2) + .003 * wander(rng, n, 4))
        return out
    x = chords(rng, seconds, voice, rng.uniform(2, 9))
    return x * (1 + .2 * wander(rng, len(x), 1))


KINDS = dict(organ=organ, strings=strings, pad=pad, sines=sines, tremolo=tremolo, guitar=guitar, choir=choir)

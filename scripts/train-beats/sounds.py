"""One-shot drums and pitched notes, each a random member of its family. 44.1 kHz mono float32."""
import numpy as np

SR = 44100
TABLE = 2048


def noise(rng, n):
    return rng.standard_normal(n).astype(np.float32)


def decay(n, seconds):
    return np.exp(-np.arange(n, dtype=np.float32) / (seconds * SR))


def band(x, low, high):
    """Brick-wall band pass with soft edges, by FFT."""
    f = np.fft.rfft(x)
    hz = np.fft.rfftfreq(len(x), 1 / SR)
    f *= 1 / (1 + (low / np.maximum(hz, 1)) ** 6) / (1 + (hz / high) ** 6)
    return np.fft.irfft(f, len(x)).astype(np.float32)


def unit(x):
    return (x / (np.max(np.abs(x)) + 1e-9)).astype(np.float32)


def kick(rng):
    n = int(SR * .45)
    t = np.arange(n) / SR
    base, sweep, speed = rng.uniform(38, 65), rng.uniform(40, 350), rng.uniform(.008, .05)
    phase = 2 * np.pi * (base * t + sweep * speed * (1 - np.exp(-t / speed)))
    x = np.sin(phase) * decay(n, rng.uniform(.04, .22))
    x += rng.uniform(0, .5) * band(noise(rng, n), 800, 6000) * decay(n, rng.uniform(.002, .008)) / 2
    return unit(np.tanh(rng.uniform(.7, 4) * x))


def snare(rng):
    n = int(SR * .4)
    t = np.arange(n) / SR
    f = rng.uniform(150, 260)
    tone = np.sin(2 * np.pi * f * t) + .5 * np.sin(2 * np.pi * f * 1.6 * t)
    x = rng.uniform(.1, 1) * tone * decay(n, rng.uniform(.02, .08))
    x += band(noise(rng, n), rng.uniform(300, 2000), rng.uniform(6000, 15000)) * decay(n, rng.uniform(.03, .14))
    return unit(np.tanh(rng.uniform(.5, 2) * x))


def clap(rng):
    n = int(SR * .35)
    env = np.zeros(n, np.float32)
    for k in range(rng.integers(2, 5)):
        at = int(SR * .011 * k)
        env[at:] += decay(n - at, .005)
    at = int(SR * .03)
    env[at:] += .7 * decay(n - at, rng.uniform(.03, .12))
    return unit(band(noise(rng, n), 700, rng.uniform(3000, 9000)) * env)


def hat(rng, length=None):
    n = int(SR * .5)
    length = length or rng.uniform(.012, .05)
    x = band(noise(rng, n), rng.uniform(3500, 8500), 16000)
    if rng.random() < .5:
        t = np.arange(n) / SR
        metal = sum(np.sign(np.sin(2 * np.pi * f * t)) for f in rng.uniform(3000, 9000, 5))
        x = x + .15 * metal * rng.uniform(0, 1)
    return unit(x * decay(n, length))


def open_hat(rng):
    return hat(rng, rng.uniform(.08, .25))


def ride(rng):
    n = int(SR * .8)
    t = np.arange(n) / SR
    x = sum(np.sin(2 * np.pi * f * t) * rng.uniform(.3, 1) for f in rng.uniform(2500, 9000, 8))
    x = .15 * x * decay(n, .3) + band(noise(rng, n), 4000, 14000) * decay(n, rng.uniform(.02, .2))
    return unit(x)


def crash(rng):
    n = int(SR * 1.5)
    return unit(band(noise(rng, n), rng.uniform(1500, 4000), 15000) * decay(n, rng.uniform(.3, .7)))


def tom(rng):
    n = int(SR * .4)
    t = np.arange(n) / SR
    f = rng.uniform(70, 220)
    return unit(np.sin(2 * np.pi * f * (t + .02 * (1 - np.exp(-t / .04)))) * decay(n, rng.uniform(.06, .2)))


def blip(rng):
    """Rim, cowbell, clave, conga: short pitched percussion."""
    n = int(SR * .25)
    t = np.arange(n) / SR
    f = np.exp(rng.uniform(np.log(200), np.log(2500)))
    x = np.sin(2 * np.pi * f * t) + rng.uniform(0, 1) * np.sin(2 * np.pi * f * rng.uniform(1.3, 2.8) * t)
    return unit(x * decay(n, rng.uniform(.01, .08)))


def shaker(rng):
    n = int(SR * .15)
    swell = np.minimum(1, np.arange(n) / (SR * rng.uniform(.002, .03)))
    return unit(band(noise(rng, n), 3000, 12000) * swell * decay(n, rng.uniform(.015, .04)))


class Patch:
    """A pitched instrument: two wave tables (bright, dark), an envelope, unison. Notes are cached by pitch."""

    def __init__(self, rng, kind):
        self.rng = rng
        tilt = rng.uniform(.6, 2.2)
        top = rng.integers(4, 40)
        odd = rng.random() < .25
        h = np.arange(1, top + 1)
        amp = h ** -tilt * (rng.uniform(.4, 1, top))
        if odd:
            amp[1::2] *= .05
        x = np.arange(TABLE) / TABLE
        phases = rng.uniform(0, 2 * np.pi, top)
        self.bright = unit(np.sin(2 * np.pi * np.outer(x, h) + phases) @ amp)
        self.dark = unit(np.sin(2 * np.pi * np.outer(x, h) + phases) @ (amp * np.exp(-.4 * h)))
        slow = kind == 'pad'
        self.attack = rng.uniform(.05, .4) if slow else np.exp(rng.uniform(np.log(.0015), np.log(.03)))
        self.fall = rng.uniform(.6, 3) if slow else np.exp(rng.uniform(np.log(.06), np.log(1.5)))
        self.sustain = rng.uniform(.4, 1) if slow else rng.choice([0, 0, rng.uniform(0, .9)])
        self.release = rng.uniform(.05, .5) if slow else rng.uniform(.01, .12)
        self.close = np.exp(rng.uniform(np.log(.03), np.log(1)))
        self.detune = rng.choice([0, 0, rng.uniform(.001, .008)])
        self.drive = rng.choice([0, 0, 0, rng.uniform(1, 8)])
        self.vibrato = rng.choice([0, 0, rng.uniform(.001, .008)])
        self.cache = {}

    def note(self, pitch, seconds):
        n = int(SR * min(max(seconds, .03), 4))
        full = self.cache.get(pitch)
        if full is None or len(full) < n:
            full = self.cache[pitch] = self.render(pitch, max(n, int(SR * .6)))
        tail = int(SR * self.release)
        x = full[:n].copy()
        tail = min(tail, n // 2)
        x[n - tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
        return x

    def render(self, pitch, n):
        t = np.arange(n, dtype=np.float32) / SR
        hz = 440 * 2 ** ((pitch - 69) / 12)
        turns = hz * t
        if self.vibrato:
            turns = turns + hz * self.vibrato / (2 * np.pi * 5.5) * np.sin(2 * np.pi * 5.5 * t)
        mix = np.exp(-t / self.close)
        out = np.zeros(n, np.float32)
        for ratio in ([1] if not self.detune else [1 - self.detune, 1, 1 + self.detune]):
            at = ((turns * ratio + self.rng.random()) % 1 * TABLE).astype(np.int32)
            out += mix * self.bright[at] + (1 - mix) * self.dark[at]
        env = np.minimum(1, t / self.attack) * (self.sustain + (1 - self.sustain) * np.exp(-np.maximum(0, t - self.attack) / self.fall))
        out *= env
        if self.drive:
            out = np.tanh(self.drive * out) / np.tanh(self.drive)
        return out.astype(np.float32)

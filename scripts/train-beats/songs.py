"""Songs with known beats: a style, a tempo curve, layers that come and go, a mix. Nothing is taken from recordings."""
import numpy as np
import sounds
from sounds import SR, Patch
from metres import METRES, MIX
from styles import STYLES as OWN

STYLES = {**OWN, **METRES}

DRUMS = dict(kick=sounds.kick, snare=sounds.snare, clap=sounds.clap, hat=sounds.hat, open=sounds.open_hat, ride=sounds.ride,
             crash=sounds.crash, tom=sounds.tom, blip=sounds.blip, shaker=sounds.shaker)
LEVEL = dict(kick=1, snare=.8, clap=.7, hat=.3, open=.4, ride=.35, crash=.5, tom=.6, blip=.4, shaker=.2)
SCALES = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 3, 5, 7, 9, 10], [0, 1, 3, 5, 7, 8, 10]]
NAMES = list(STYLES)
WEIGHTS = np.array([STYLES[n][0] for n in NAMES], float) / sum(STYLES[n][0] for n in NAMES)


def favour(styles):
    """From now on draw two songs in three from these styles."""
    for k, name in enumerate(NAMES[:len(OWN)]):
        WEIGHTS[k] = 2 / 3 / len(styles) if name in styles else 1 / 3 / (len(OWN) - len(styles))


def favour_metres(share):
    """From now on draw this share of the songs from metres.py, the rest as styles.py weighs them."""
    own = np.array([STYLES[n][0] for n in NAMES], float)
    other = np.array([MIX.get(n, 0) for n in NAMES], float)
    WEIGHTS[:] = (1 - share) * own / own.sum() + share * other / other.sum()


def tempo_curve(rng, bpm, beats):
    """Seconds of every beat."""
    kind = rng.random()
    track = np.full(beats, float(bpm))
    if kind < .08:
        track *= np.linspace(1, rng.uniform(.8, 1.25), beats)
    elif kind < .2:
        track *= np.exp(np.cumsum(rng.normal(0, .004, beats)))
    elif kind < .23:
        track[rng.integers(8, max(9, beats)):] *= rng.uniform(.75, 1.3)
    return np.concatenate([[0], np.cumsum(60 / track)])


class Song:
    def __init__(self, rng, seconds, style=None):
        self.rng = rng
        self.style = style or rng.choice(NAMES, p=WEIGHTS)
        _, low, high, self.steps, swing, self.drums, self.habits = STYLES[self.style]
        self.bpm = np.exp(rng.uniform(np.log(low), np.log(high)))
        self.swing = rng.uniform(*swing) if rng.random() < .7 else 0
        self.metre = self.habits.get('metre', 3 if self.style == 'waltz' else 4)
        self.bars = int(seconds * self.bpm / 60 / self.metre) + 2
        self.at = tempo_curve(rng, self.bpm, self.bars * self.metre)
        self.jitter = rng.choice([0, 0, rng.uniform(.001, .012)])
        self.seconds = seconds
        self.out = np.zeros(int((seconds + 6) * SR), np.float32)
        self.duck = np.ones(0)
        self.harmony()
        self.plan()

    # ---- time
    def time(self, beat):
        """Seconds of a position in beats; swing delays the odd steps."""
        step = beat * self.steps
        k = int(round(step))
        if self.swing and abs(step - k) < 1e-6 and k % 2 == 1:
            beat += self.swing / self.steps
        i = min(max(int(beat), 0), len(self.at) - 2)
        t = self.at[i] + (beat - i) * (self.at[i + 1] - self.at[i])
        return t + (self.rng.normal(0, self.jitter) if self.jitter else 0)

    def put(self, sample, t, gain):
        a = int(t * SR)
        if a < 0 or a >= len(self.out):
            return
        n = min(len(sample), len(self.out) - a)
        self.out[a:a + n] += gain * sample[:n]

    # ---- plan
    def harmony(self):
        rng = self.rng
        self.key, self.scale = rng.integers(36, 48), SCALES[rng.integers(len(SCALES))]
        length = rng.choice([1, 2, 4, 4, 8])
        degrees = rng.choice([0, 0, 2, 3, 4, 5, 5, 6], length)
        degrees[0] = rng.choice([0, 0, 5])
        self.per_bar = rng.choice([.5, 1, 1, 1, 2])
        self.degrees = degrees

    def degree(self, beat):
        return int(self.degrees[int(beat / self.metre * self.per_bar + 1e-6) % len(self.degrees)])

    def pitch(self, degree, octave):
        return int(self.key + 12 * octave + self.scale[degree % 7] + 12 * (degree // 7))

    def plan(self):
        """Which layers play in each block of bars."""
        rng = self.rng
        self.layers = ['drums', 'hats', 'bass', 'chords', 'arp', 'melody']
        block = rng.choice([2, 4, 4, 8])
        full = rng.random() < .35
        bare = self.drums and rng.random() < (.3 if self.style in ('dnb', 'jungle', 'trap', 'hiphop', 'breaks') else .1)
        self.active = []
        on = None
        for bar in range(self.bars):
            if bar % block == 0:
                on = {name: full or rng.random() < .85 for name in self.layers}
                mood = rng.random()
                if mood < .08 and not full:
                    on['drums'] = on['hats'] = False
                    on['chords'] = True
                if mood > .92:
                    on = {name: name in ('drums', 'hats') for name in self.layers}
                if not any(on.values()) or not (on['drums'] or on['bass'] or on['chords'] or on['arp']):
                    on['drums'] = on['bass'] = on['chords'] = True
            self.active.append(on if not bare else {name: name in ('drums', 'hats') for name in self.layers})
        self.fill_every = rng.choice([0, 4, 4, 8])

    # ---- layers
    def drum_layer(self):
        rng = self.rng
        steps = self.steps * self.metre
        without = self.style in ('score', 'ballad') and rng.random() < .5
        for name, bars in self.drums.items():
            gain = LEVEL[name] * 10 ** (rng.normal(0, 4 if self.style != 'click' else 0) / 20)
            if name in ('hat', 'open', 'ride', 'shaker') and rng.random() < .25:
                gain *= rng.uniform(1.5, 4)
            sample = DRUMS[name](rng)
            variants = []
            for _ in range(rng.choice([1, 1, 2])):
                pattern = bars[rng.integers(len(bars))]
                if name == 'snare' and pattern.startswith('0090') and len(pattern) == 16 and self.bpm < 130:
                    pattern = '0000900000009000'
                chance = np.array([int(c) / 9 for c in pattern])
                variants.append(rng.random(steps) < chance)
            accents = rng.uniform(.55, 1, steps) if name not in ('kick', 'snare', 'clap') or rng.random() < .3 else np.ones(steps)
            accents[::self.steps] = np.maximum(accents[::self.steps], rng.uniform(.7, 1))
            group = 'hats' if name in ('hat', 'open', 'ride', 'shaker', 'blip') and self.style != 'click' else 'drums'
            human = rng.uniform(0, .15)
            for bar in range(self.bars):
                if not self.active[bar][group] or (without and name != 'crash'):
                    continue
                hits = variants[bar % len(variants)].copy()
                if rng.random() < .08 and name not in ('kick', 'clap'):
                    k = rng.integers(steps)
                    hits[k] = not hits[k]
                last = self.fill_every and bar % self.fill_every == self.fill_every - 1 and self.style != 'click'
                if last and name in ('snare', 'tom'):
                    start = steps - self.steps * rng.choice([1, 2, 2, 4])
                    hits[max(0, start):] |= rng.random(steps - max(0, start)) < .6
                if last and name == 'kick' and rng.random() < .25:
                    hits[-self.steps:] = False
                if name == 'crash' and self.fill_every and bar % self.fill_every == 0 and rng.random() < .5:
                    hits[0] = True
                for k in np.nonzero(hits)[0]:
                    velocity = accents[k] * (1 + rng.normal(0, human))
                    t = self.time(bar * self.metre + k / self.steps)
                    self.put(sample, t, gain * velocity)
                    if name == 'kick':
                        self.kicks.append(t)

    def rhythm(self, kind):
        """One bar of (beat, length) for a tonal layer."""
        rng, m, s = self.rng, self.metre, self.steps
        each = lambda step, first=0: [(first + i * step, step) for i in range(int((m - first) / step + 1e-6))]
        third = s == 3
        half = 2 / 3 if third else .5
        if kind in ('roots', 'follow'): return each(1) if rng.random() < .5 else [(0, 1.5), (2, 1)] if m == 4 else each(1)
        if kind == 'eighths': return each(.5) if not third else each(1 / 3)
        if kind in ('sixteenths', 'fastarp', 'gate'): return each(.25) if not third else each(1 / 3)
        if kind == 'offbeat': return [(b + half, .5) for b in range(m)]
        if kind == 'skank': return [(b + half, .2) for b in range(m)] if rng.random() < .6 else [(b, .2) for b in range(1, m, 2)]
        if kind == 'rolling': return [(b + k / 4, .25) for b in range(m) for k in (1, 2, 3)]
        if kind == 'octaves': return each(.5)
        if kind in ('long', 'pad', 'one'): return [(0, m)]
        if kind == 'walk': return each(1)
        if kind == 'oompah': return [(b, .6) for b in range(1, m)] if m == 3 else [(b, .6) for b in range(1, m, 2)] if rng.random() < .5 else [(b + .5, .4) for b in range(m)]
        if kind == 'thirds': return each(1 / 3)
        if kind == 'lilt': return [(b + k, n) for b in range(m) for k, n in ((0, .6), (2 / 3, .3))]
        if kind == 'wfifth': return [(0, .9), (m / 2, .9)] if m % 2 == 0 else [(0, .9 * m)]
        if kind == 'five': return [(0, 1.5), (1.5, 1.5), (3, 1), (4, 1)]
        if kind == 'tresillo': return [(0, 1.5), (1.5, 1.5), (3, 1)][:3 if m == 4 else 2]
        if kind == 'gallop': return [(b + k, .24) for b in range(m) for k in (0, .5, .75)]
        if kind == 'chug': return [(k / 4, .22) for k in range(4 * m) if k % 4 == 0 or rng.random() < .6]
        if kind == 'power': return [(0, 1.5), (1.5, .5), (2, 2)] if rng.random() < .5 else [(0, m)]
        if kind == 'broken': return each(.5 if rng.random() < .5 or third else .25)
        if kind == 'alberti': return each(rng.choice([.25, .5])) if not third else each(1 / 3)
        if kind == 'strum': return each(1) if rng.random() < .4 else [(k / 2, .5) for k in range(2 * m) if k == 0 or rng.random() < .6]
        steps = s * m
        weight = np.full(steps, rng.uniform(.1, .35))
        weight[::s] += rng.uniform(0, .4)
        if rng.random() < .8: weight[0] = 1
        on = np.nonzero(rng.random(steps) < weight)[0]
        if len(on) == 0: on = np.array([0])
        ends = np.append(on[1:], steps)
        return [(a / s, min((b - a) / s, rng.choice([.25, .5, 4]))) for a, b in zip(on, ends)]

    def riff_rhythm(self):
        """One bar that guitar and bass share: a busy grid with gaps, sometimes in groups of three."""
        rng, m, s = self.rng, self.metre, self.steps
        n = m * s
        grid = 2 if s == 4 and rng.random() < .5 else 1
        hits = rng.random(n) < rng.uniform(.3, .9)
        hits[np.arange(n) % grid != 0] = False
        if rng.random() < .3:
            hits[:] = False
            hits[0::3] = True
        hits[0] |= rng.random() < .9
        on = np.nonzero(hits)[0]
        if len(on) == 0: on = np.array([0])
        ends = np.append(on[1:], n)
        short = rng.random() < .6
        return [(a / s, .9 / s if short else (b - a) / s) for a, b in zip(on, ends)]

    def tonal(self, layer, kind, octave, size, gain):
        rng = self.rng
        if kind in ('none', 'arpless'):
            return
        patch = Patch(rng, 'pad' if kind in ('pad',) or (kind in ('long', 'one') and rng.random() < .4) else 'note')
        if kind in ('power', 'chug', 'gallop') or (kind == 'riff' and self.style == 'doom'):
            patch.drive = rng.uniform(2, 10)
        variants = self.riff if kind == 'riff' else [self.rhythm(kind) for _ in range(rng.choice([1, 1, 2]))]
        gain *= 10 ** (rng.normal(0, 4) / 20)
        early = rng.choice([0, 0, 0, .5]) if layer == 'chords' and kind in ('pad', 'sync') else 0
        up = rng.integers(1, 4)
        period = rng.choice([0, 0, 3]) if layer == 'arp' else 0
        for bar in range(self.bars):
            if not self.active[bar][layer]:
                continue
            notes = variants[bar % len(variants)]
            for k, (beat, length) in enumerate(notes):
                if kind == 'one' and bar % 1:
                    continue
                where = bar * self.metre + beat
                root = self.degree(where)
                tones = [root + 2 * i for i in range(size)] if size > 1 else [root]
                if layer == 'arp' or kind in ('broken', 'alberti', 'thirds'):
                    n = k if not period else (bar * len(notes) + k) % period
                    tones = [root + [0, 2, 4, 7, 9, 11][n * up % rng.choice([3, 4]) if not period else n]]
                if kind in ('walk',): tones = [root + rng.choice([0, 2, 4, 1])]
                if kind == 'octaves' and k % 2: tones = [root + 7]
                if kind == 'wfifth' and (k or (self.metre % 2 and bar % 2)): tones = [root - 3]
                velocity = gain * rng.uniform(.8, 1) * (1 if beat % 1 == 0 or layer != 'arp' else self.soft)
                t = self.time(max(0, where - early))
                seconds = length * 60 / self.bpm * rng.choice([.95, .95, .6])
                for tone in tones:
                    self.put(patch.note(self.pitch(tone, octave), seconds), t, velocity / len(tones) ** .6)

    def melody(self):
        rng = self.rng
        patch = Patch(rng, 'note')
        gain = .35 * 10 ** (rng.normal(0, 4) / 20)
        grid = rng.choice([.5, .5, .25, 1]) if self.steps != 3 else 1 / 3
        phrase, beat = [], 0.
        while beat < 2 * self.metre:
            length = grid * rng.choice([1, 1, 2, 2, 3, 4])
            if rng.random() < .8:
                phrase.append((beat, length, rng.integers(-2, 6)))
            beat += length
        for bar in range(0, self.bars - 1, 2):
            if not self.active[bar]['melody']:
                continue
            for beat, length, step in phrase:
                where = bar * self.metre + beat
                self.put(patch.note(self.pitch(self.degree(where) + step, 2), length * 60 / self.bpm * .95), self.time(where), gain)

    # ---- all
    def play(self):
        rng = self.rng
        self.kicks = []
        self.soft = rng.uniform(.4, 1)
        self.riff = [self.riff_rhythm() for _ in range(rng.choice([1, 2]))]
        if self.style in ('house', 'techno', 'trance', 'dnb', 'breaks', 'trap') and rng.random() < .25 and self.bars > 6:
            self.buildup()
        self.drum_layer()
        drums = self.out
        self.out = np.zeros_like(drums)
        self.tonal('bass', rng.choice(self.habits['bass'].split()), 0, 1, .6)
        self.tonal('chords', rng.choice(self.habits['chords'].split()), rng.choice([1, 2]), 3, .4)
        if rng.random() < self.habits['arp']:
            self.tonal('arp', rng.choice(['eighths', 'sixteenths', 'sixteenths']), rng.choice([2, 3]), 1, .3)
        if rng.random() < .45 and self.style != 'click':
            self.melody()
        if self.metre == 4 and self.style != 'click' and rng.random() < .08:
            self.cross_line()
        tonal = self.out
        if self.kicks and rng.random() < .25 and self.style in ('house', 'techno', 'trance', 'breaks', 'pop'):
            duck = np.ones_like(tonal)
            shape = 1 - rng.uniform(.3, .95) * np.exp(-np.arange(int(.3 * SR)) / (rng.uniform(.05, .15) * SR))
            for t in self.kicks:
                a = int(max(t, 0) * SR)
                n = min(len(shape), len(duck) - a)
                if n > 0:
                    duck[a:a + n] = np.minimum(duck[a:a + n], shape[:n])
            tonal = tonal * duck
        if rng.random() < self.habits.get('echo', .08):
            step = int(rng.choice([.5, .75, 1]) * 60 / self.bpm * SR)
            for k in range(1, 4):
                tonal[k * step:] += rng.uniform(.3, .6) ** k * tonal[:-k * step]
        balance = 10 ** (rng.normal(0, 4) / 20)
        return drums + balance * tonal

    def buildup(self):
        """Some bars before a return: noise that opens, a snare that doubles its pace, no kick."""
        rng = self.rng
        bars = rng.choice([2, 4, 4])
        first = rng.integers(2, max(3, self.bars - bars - 2))
        for bar in range(first, min(first + bars, self.bars)):
            self.active[bar] = dict(self.active[bar], drums=False, hats=rng.random() < .3, bass=rng.random() < .2, chords=True)
        if first + bars < self.bars:
            self.active[first + bars] = {name: True for name in self.layers}
        self.riser(first, bars)

    def riser(self, first, bars):
        rng, m = self.rng, self.metre
        a, b = self.time(first * m), self.time((first + bars) * m)
        if rng.random() < .7:
            n = int((b - a) * SR)
            sweep = sounds.band(sounds.noise(rng, n), rng.uniform(500, 4000), 14000) * np.linspace(0, 1, n) ** 2
            self.put(sweep.astype(np.float32), a, rng.uniform(.1, .6))
        if rng.random() < .7:
            sample = rng.choice([sounds.snare, sounds.clap])(rng)
            total, beat = bars * m, 0.
            while beat < total - rng.choice([0, 0, 1]):
                share = beat / total
                self.put(sample, self.time(first * m + beat), .2 + .6 * share)
                beat += 1 if share < .25 else .5 if share < .6 else .25

    def cross_line(self):
        """A loud line in dotted eighths across the beat."""
        patch = Patch(self.rng, 'note')
        loud = self.rng.uniform(.2, .6)
        for k in range(int(self.bars * self.metre / .75)):
            self.put(patch.note(self.pitch([0, 4, 7][k % 3], 2), .15), self.time(k * .75), loud)


def quick_size(n):
    """A transform length not below n with small factors."""
    return -(-n // 16384) * 16384


def master(rng, x, noisy=.4):
    """What happens to a mix on its way: colour, room, saturation, noise, level."""
    n = len(x)
    x = (x / (np.sqrt(np.mean(x ** 2)) + 1e-9) * .1).astype(np.float32)
    if rng.random() < .3:
        length = int(SR * rng.uniform(.1, .8))
        tail = (rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 5))).astype(np.float32)
        size = quick_size(n + length)
        wet = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(tail, size), size)[:n]
        x = x + rng.uniform(.05, .4) * wet / (np.sqrt(np.mean(wet ** 2)) + 1e-9) * .1
    size = quick_size(n)
    f = np.fft.rfft(x, size)
    hz = np.maximum(np.fft.rfftfreq(size, 1 / SR).astype(np.float32), 20)
    octave = np.log2(hz / 800)
    curve = rng.normal(0, 1.2) * octave + 3 * rng.normal(0, 1) * np.sin(octave * rng.uniform(.5, 1.5) + rng.uniform(0, 6))
    gain = 10 ** (curve / 20)
    if rng.random() < .15:
        gain /= 1 + (hz / rng.uniform(3500, 12000)) ** 8
    if rng.random() < .06:
        gain /= 1 + (rng.uniform(80, 200) / hz) ** 4
    x = np.fft.irfft(f * gain.astype(np.float32), size)[:n]
    x = x / (np.sqrt(np.mean(x ** 2)) + 1e-9) * .15
    if rng.random() < .5:
        drive = rng.uniform(.5, 6)
        x = np.tanh(drive * x) / drive
    if rng.random() < noisy:
        x = x + rng.standard_normal(n, dtype=np.float32) * np.sqrt(np.mean(x ** 2)) * 10 ** (rng.uniform(*((-20, 12) if noisy > .5 else (-50, -4))) / 20)
    return (x * 10 ** (rng.uniform(-35, 6) / 20)).astype(np.float32)


def no_music(rng, seconds):
    """Noise of any colour, bursts without a pulse, drones: nothing to tap to."""
    n = int(seconds * SR)
    kind = rng.integers(4)
    if kind == 3:
        t = np.arange(n, dtype=np.float32) / SR
        x = np.zeros(n, np.float32)
        for _ in range(rng.integers(2, 10)):
            slow = .5 + .5 * np.sin(2 * np.pi * (rng.uniform(.01, .3) * t + rng.random()))
            x += slow * np.sin(2 * np.pi * (np.exp(rng.uniform(3.5, 7.5)) * t + rng.random())).astype(np.float32)
        x += rng.choice([0, .05, .3]) * rng.standard_normal(n, dtype=np.float32)
    else:
        size = quick_size(n)
        f = np.fft.rfft(rng.standard_normal(size, dtype=np.float32))
        f *= (np.arange(len(f)) + 10.) ** -rng.choice([0, 0, .5, 1, rng.uniform(0, 1)])
        x = np.fft.irfft(f, size)[:n]
    if kind == 2:
        envelope = np.zeros(n, np.float32)
        at, pace = 0, rng.uniform(.05, .5)
        while at < n:
            length = int(SR * rng.exponential(pace)) + 400
            fall = np.exp(-np.arange(length) / (SR * rng.uniform(.01, .3))) if rng.random() < .5 else np.ones(length)
            envelope[at:at + length] = (rng.random() ** 2 * fall)[:n - at]
            at += length
        x = x * envelope
    x = x / (np.sqrt(np.mean(x ** 2)) + 1e-9)
    return (x * 10 ** (rng.uniform(-50, -10) / 20)).astype(np.float32)


def clip(rng, seconds=24):
    """Samples, beat times, downbeat times, style. The clip starts anywhere; some are two songs with a hard cut, some start silent."""
    def one(length):
        song = Song(rng, length + 5)
        x = song.play()
        start = rng.uniform(0, 4.5)
        a, n = int(start * SR), int(length * SR)
        beats = song.at[(song.at >= start - 1e-9) & (song.at < start + length)] - start
        downs = song.at[::song.metre]
        downs = downs[(downs >= start - 1e-9) & (downs < start + length)] - start
        return master(rng, x[a:a + n], .6 if song.style == 'click' else .4), beats, downs, song.style
    kind = rng.random()
    if kind > .97:
        return no_music(rng, seconds), np.zeros(0), np.zeros(0), 'none'
    if kind < .1:
        cut = rng.uniform(.3, .6) * seconds
        xa, ba, da, sa = one(cut)
        xb, bb, db, sb = one(seconds - cut)
        level = np.sqrt(np.mean(xa ** 2)) / (np.sqrt(np.mean(xb ** 2)) + 1e-9)
        cut = len(xa) / SR
        return np.concatenate([xa, level * xb]), np.concatenate([ba, bb + cut]), np.concatenate([da, db + cut]), sa + '+' + sb
    if kind < .14:
        quiet = rng.uniform(1, 6)
        x, b, d, s = one(seconds - quiet)
        lead = np.zeros(int(seconds * SR) - len(x), np.float32)
        shift = len(lead) / SR
        return np.concatenate([lead, x]), b + shift, d + shift, s
    return one(seconds)

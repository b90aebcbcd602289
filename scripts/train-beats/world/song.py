"""A song of a family of families.py: parts drawn once, a form, a feel, a band, a mix."""
import numpy as np
from .families import ALL, BRASS, CHOIR, DRIVE, LEADS, PADS, PIPES, STRINGS
from . import families_four, families_world, families_three  # noqa: F401  fill ALL
from .feel import Feel, tempo_curve
from .fonts import Fonts, GENERAL, SR
from .kits import KIT, TOPS, Kit
from .mixing import amplifier, small_room
from . import parts

SCALES = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 3, 5, 7, 9, 10], [0, 2, 4, 5, 7, 9, 10], [0, 1, 3, 5, 7, 8, 10]]
LOUD = dict(kit=0, tops=-4, perc=-4, bass=-3, comp=-5, second=-7, lead=-5)
"""Level of each layer beside the others, dB, before it is drawn."""
WEIGHTS = np.array([f.weight for f in ALL], float) / sum(f.weight for f in ALL)
LAYERS = [*LOUD, 'held']
"""In a fixed order: that of a set of words changes from run to run, and with it what is drawn for each."""
EVERY = set(LOUD)
FORMS = [('full', EVERY, 10), ('no lead', EVERY - {'lead'}, 5), ('no drums', EVERY - {'kit', 'tops', 'perc'}, 1.6), ('drums', {'kit', 'tops', 'perc'}, 1), ('thin', {'tops', 'comp', 'lead'}, 1),
         ('bass and drums', {'kit', 'tops', 'perc', 'bass'}, 1), ('held', {'held', 'lead'}, .8), ('half time', EVERY, .6), ('stops', EVERY, .3), ('no tops', EVERY - {'tops'}, 1)]
shared = {}


def fonts():
    """The sound fonts, loaded once."""
    if 'fonts' not in shared:
        shared['fonts'] = Fonts()
    return shared['fonts']


class Song:
    """out: samples; at: seconds of each beat; downs: every `metre`-th beat is a downbeat."""

    def __init__(self, rng, seconds, bpm=None, index=None):
        self.rng = rng
        self.index = int(rng.choice(len(ALL), p=WEIGHTS)) if index is None else index
        self.family = f = ALL[self.index]
        self.metre, self.style = f.metre, f'w{self.index}'
        self.bpm = bpm or float(np.exp(rng.uniform(np.log(f.low), np.log(f.high))))
        self.bars = int(seconds * 1.25 * self.bpm / 60 / f.metre) + 3
        self.at = tempo_curve(rng, self.bpm, self.bars * f.metre, rng.random() < f.free) if bpm is None else np.arange(self.bars * f.metre + 1) * 60 / bpm
        self.feel = Feel(rng, self.at, f.steps, f.swing)
        self.size = int((seconds + 6) * SR)
        self.tracks = {}
        self.touch = dict(bass=rng.choice([.4, .8, .95]), stab=rng.choice([.12, .2, .3]), up=rng.uniform(.5, 1), arp=rng.choice([.6, .95, 1.5]))
        self.font = int(rng.integers(len(GENERAL)))
        self.low = False
        self.harmony()
        self.form()

    def harmony(self):
        rng = self.rng
        self.key, self.scale = int(rng.integers(28, 40)), SCALES[rng.integers(len(SCALES))]
        self.degrees = rng.choice([0, 0, 2, 3, 3, 4, 4, 5, 6], rng.choice([1, 2, 4, 4, 8, 12]))
        self.degrees[0] = rng.choice([0, 0, 0, 5])
        self.per_bar = rng.choice([.5, 1, 1, 1, 2]) if self.metre % 2 == 0 else rng.choice([.5, 1, 1])
        self.early = rng.choice([0, 0, 0, .5]) if self.family.steps % 2 == 0 else 0

    def chord(self, beat):
        return int(self.degrees[int((beat + self.early) / self.metre * self.per_bar + 1e-6) % len(self.degrees)])

    def pitch(self, degree):
        return self.key + self.scale[degree % 7] + 12 * (degree // 7)

    def form(self):
        """Which layers play in each bar."""
        rng, f = self.rng, self.family
        block = int(rng.choice([2, 4, 4, 8])) if f.metre > 2 else int(rng.choice([4, 8, 8]))
        weights = np.array([w for _, _, w in FORMS])
        twin = rng.random()
        self.active, self.name, self.block = [], [], block
        steady = rng.random() < .35
        kept = FORMS[rng.choice(3, p=[.5, .4, .1])]
        for bar in range(self.bars):
            if bar % block == 0:
                name, on, _ = kept if steady else FORMS[rng.choice(len(FORMS), p=weights / weights.sum())]
                on = {layer for layer in LAYERS if layer in on and (layer in ('held', 'kit') or rng.random() < .92)}
                if twin < .12:
                    on = (on - {'kit', 'tops', 'perc'}) | {'comp', 'bass'}
                if twin > .95:
                    on = {'kit', 'tops', 'perc'}
                if not on - {'lead', 'tops'}:
                    on = on | {'kit', 'comp'}
            self.active.append(on)
            self.name.append(name)
        self.fills = rng.random() < .75

    def put(self, layer, x, t, gain, fade=.02):
        a = int(t * SR)
        if a < 0 or a >= self.size or not len(x):
            return
        n = min(len(x), self.size - a)
        track = self.tracks.setdefault(layer, np.zeros(self.size, np.float32))
        tail = min(int(fade * SR), n // 2)
        track[a:a + n - tail] += gain * x[:n - tail]
        track[a + n - tail:a + n] += gain * x[n - tail:n] * np.linspace(1, 0, tail, dtype=np.float32)

    # ---- drums
    def drums(self):
        rng, f = self.rng, self.family
        kit = Kit(rng, fonts(), .2)
        steps = f.metre * f.steps
        rows = {}
        for letter, bars in f.drums.items():
            rows[letter] = [parts.drawn(rng, bars[rng.integers(len(bars))]) for _ in range(rng.choice([1, 1, 2]))]
        self.kick_row = rows.get('k', rows.get('u', [np.zeros(steps, bool)]))[0]
        accents = {letter: np.where(np.arange(steps) % f.steps == 0, 1, rng.uniform(.45, 1)) * rng.uniform(.75, 1, steps) for letter in rows}
        human = rng.uniform(0, .18)
        for bar in range(self.bars):
            on, name = self.active[bar], self.name[bar]
            fill = self.fill(steps) if self.fills and bar % self.block == self.block - 1 and 'kit' in on and rng.random() < .7 else steps
            for letter, variants in rows.items():
                layer = 'kit' if letter in KIT else 'tops' if letter in TOPS else 'perc'
                if layer not in on:
                    continue
                hits = variants[bar % len(variants)].copy()
                if layer == 'kit':
                    hits[fill:] = False
                if rng.random() < .1 and letter not in 'kC':
                    hits[rng.integers(steps)] ^= True
                if name == 'half time' and letter in 'sC' and f.metre == 4:
                    hits[:] = False
                    hits[steps // 2] = True
                if name == 'stops':
                    hits[max(1, f.steps // 2):] = False
                for k in np.nonzero(hits)[0]:
                    velocity = float(np.clip(accents[letter][k] * (1 + rng.normal(0, human)), .1, 1)) * (.45 if letter == 'z' else 1)
                    self.strike(kit, layer, letter, bar * f.metre + k / f.steps, velocity)
            for k in range(fill, steps):
                if rng.random() < self.dense:
                    letter = 'stmf'[min(3, int(rng.random() * 1.5 + 3 * (k - fill) / max(1, steps - fill)))] if self.toms else 's'
                    self.strike(kit, 'kit', letter, bar * f.metre + k / f.steps, rng.uniform(.5, 1))
            if bar % self.block == 0 and 'kit' in on and rng.random() < .5:
                self.strike(kit, 'kit', 'c', bar * f.metre, .9)

    def fill(self, steps):
        """Step at which a fill begins."""
        self.dense, self.toms = self.rng.uniform(.4, 1), self.rng.random() < .6
        return max(0, steps - int(self.family.steps * self.rng.choice([.5, 1, 1, 2, 4])))

    def strike(self, kit, layer, letter, beat, velocity):
        x, gain = kit.hit(letter, velocity)
        self.put(layer, x, self.feel.time(layer, beat), gain * (.4 + velocity))

    # ---- tones
    def play_part(self, layer, notes, period, program, octave, spread=0.):
        rng, m = self.rng, self.metre
        for bar in range(self.bars):
            if layer not in self.active[bar] and not (layer == 'comp' and 'held' in self.active[bar]) or bar % period:
                continue
            stop = self.name[bar] == 'stops'
            for beat, length, tones, strength in notes:
                where = bar * m + beat
                if stop and beat >= .5 or where >= self.bars * m:
                    continue
                root = self.chord(where)
                t = self.feel.time(layer, where)
                seconds = max(.06, length * 60 / self.bpm)
                velocity = float(np.clip(strength * rng.uniform(.65, 1), .1, .99))
                for k, tone in enumerate(tones):
                    key = int(self.pitch(root + tone) + 12 * octave)
                    x = fonts().note(self.font, 0, int(program), np.clip(key, 21, 104), velocity, min(seconds, 5))
                    self.put(layer, x, t + k * spread, (.3 + velocity) / len(tones) ** .5, .03)

    def tones(self):
        rng, f = self.rng, self.family
        pick = lambda some: int(rng.choice(some))
        voices = f.voices[rng.integers(len(f.voices))]
        self.heavy = voices is DRIVE
        self.shared = parts.random_row(rng, f.metre, f.steps)
        spec = f.bass[rng.integers(len(f.bass))]
        if spec != 'none':
            self.play_part('bass', parts.bass(rng, self, spec), 1, pick([32, 33, 33, 34, 35, 36, 38, 39]), 0 if self.key > 31 else 1)
        spec = f.comp[rng.integers(len(f.comp))]
        if spec != 'none':
            notes, kind = parts.chords(rng, self, spec)
            program = pick([28, *DRIVE] if kind == 'chug' else DRIVE if kind == 'power' and rng.random() < .8 else voices)
            self.heavy = program in DRIVE
            self.play_part('comp', notes, 1, program, 1 if self.heavy else int(rng.choice([1, 2])), rng.choice([0, .008, .02]) if kind == 'strum' else 0)
            if self.heavy and rng.random() < .8:
                self.tracks['comp'] = amplifier(rng, self.tracks['comp']) if 'comp' in self.tracks else np.zeros(self.size, np.float32)
        if rng.random() < .55:
            notes, kind = parts.chords(rng, self, f.comp[rng.integers(len(f.comp))] if rng.random() < .6 else 'pad')
            self.play_part('second', notes, 1, pick(STRINGS + PADS + CHOIR if kind == 'pad' else f.voices[rng.integers(len(f.voices))]), 2)
        if rng.random() < .6:
            self.play_part('lead', parts.lead(rng, self), 2, pick(f.leads[rng.integers(len(f.leads))]), int(rng.choice([2, 3])))
        if any('held' in on for on in self.active):
            self.held(pick(STRINGS + PADS + CHOIR))

    def held(self, program):
        """Chords without attacks under the bars that have nothing else."""
        for bar in range(self.bars):
            if 'held' in self.active[bar] and (bar == 0 or 'held' not in self.active[bar - 1] or bar % 2 == 0):
                seconds = min(5, 2 * self.metre * 60 / self.bpm)
                for tone in (0, 2, 4):
                    x = fonts().note(self.font, 0, program, self.pitch(self.chord(bar * self.metre) + tone) + 24, .6, seconds)
                    self.put('second', x, self.feel.time('second', bar * self.metre), .5, .4)

    def play(self):
        rng = self.rng
        self.drums()
        self.tones()
        if 'kit' in self.tracks and rng.random() < .3:
            self.tracks['kit'] = small_room(rng, self.tracks['kit'])
        out = np.zeros(self.size, np.float32)
        drums = rng.normal(0, 3.5)
        for layer, x in self.tracks.items():
            loud = np.sqrt(np.mean(x ** 2)) + 1e-6
            level = LOUD[layer] + rng.normal(0, 3) + (drums if layer in ('kit', 'tops', 'perc') else 0)
            out += x / loud * 10 ** (level / 20)
        return out

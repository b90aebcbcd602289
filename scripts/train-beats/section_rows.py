"""Songs with labelled sections as the network of the sections hears them, for fit_section_net.py. usage: section_rows.py OUT.npz SONGS SEED

Two songs in five are of world/, with a form of sections; the rest are of forms.py, half of them with other forms. OUT.npz has inputs as in section-inputs.ts, one row for each tick of a quarter
second, and the section of each."""
import sys
from pathlib import Path
import numpy as np
import forms
from features import log_bands_and_peak
from section_inputs import HOPS, inputs
from songs import SR, master
from words import check_words
from world.clips import finish
from world.song import EVERY, Song

SECTIONS = ['intro', 'groove', 'break', 'build', 'drop', 'outro']
WORLD, VARIED = .4, .5
"""Share of the songs that are of world/, and share of the rest that are `Varied`."""
LENGTHS = [4, 8, 8, 12, 16, 16, 24]


class Varied(forms.Formed):
    """Other lengths and layers, and parts that come and go within a section."""

    def plan(self):
        rng = self.rng
        self.layers, self.active, self.sections = forms.FULL, [], []
        self.fill_every = rng.choice([0, 4, 8, 8])
        some = lambda *names: [name for name in names if rng.random() < .7] or [names[0]]
        dance = self.style in forms.DANCE
        if rng.random() < .85:
            self.add('intro', rng.choice([2, 4, 8, 8, 16]), some(*[('drums', 'hats'), ('hats', 'chords'), ('chords', 'arp'), ('chords', 'melody'), ('bass', 'hats'), ('drums',)][rng.integers(6)]))
        self.groove('groove')
        while len(self.active) + 12 < self.bars - 6:
            kind = rng.random()
            if kind < .75:
                self.add('break', rng.choice([2, 4, 8, 8, 16]), some(*[('chords', 'arp'), ('chords', 'melody'), ('arp', 'melody'), ('chords', 'hats'), ('melody', 'hats')][rng.integers(5)]))
            if kind > .6 and dance or kind < .75 and dance and rng.random() < .6:
                self.add('build', rng.choice([2, 4, 4, 8]), some('chords', 'hats', 'arp'))
                self.groove('drop')
            else:
                self.groove('groove')
        if rng.random() < .8:
            self.add('outro', 8, some(*[('drums', 'hats'), ('chords', 'arp'), ('drums', 'bass')][rng.integers(3)]))
        self.active = (self.active + [self.active[-1]] * self.bars)[:self.bars]

    def groove(self, name):
        rng, first, bars = self.rng, len(self.active), int(self.rng.choice(LENGTHS))
        self.add(name, bars, ['drums', 'hats', 'bass', 'chords'])
        for start in range(first, first + bars, 4):
            extra = {layer: rng.random() < .6 for layer in ('arp', 'melody')}
            extra['chords'] = rng.random() < .85
            extra['hats'] = rng.random() < .9
            for bar in range(start, min(start + 4, first + bars)):
                self.active[bar] = {**self.active[bar], **extra}


class FormedWorld(Song):
    """A song of world/ with a form of sections."""

    def form(self):
        rng = self.rng
        self.sections, self.active = [], []
        bars = 2 if self.metre == 2 else 1
        if rng.random() < .85:
            self.add('intro', bars * rng.choice([2, 4, 4, 8, 8]), [{'kit', 'tops', 'perc'}, {'comp', 'tops'}, {'comp', 'second'}, {'held'}, {'bass', 'tops'}, {'lead', 'comp'}][rng.integers(6)])
        self.groove(bars * rng.choice([8, 8, 16]))
        while len(self.active) + 12 < self.bars * .8 - 6:
            self.add('break', bars * rng.choice([2, 4, 8, 8]), [{'held', 'lead'}, {'comp', 'second'}, {'comp', 'lead'}, {'held', 'comp'}, {'held', 'tops'}][rng.integers(5)])
            self.groove(bars * rng.choice([4, 8, 16, 16]))
        if rng.random() < .8:
            self.add('outro', 8 * bars, [{'kit', 'tops'}, {'comp', 'held'}, {'kit', 'bass'}][rng.integers(3)])
        self.active = (self.active + [self.active[-1]] * self.bars)[:self.bars]
        self.block, self.name, self.fills = 8, ['full'] * self.bars, rng.random() < .75

    def groove(self, bars):
        self.add('groove', bars, (EVERY if self.rng.random() < .6 else EVERY - {'lead'}) | {'kit', 'bass'})

    def add(self, name, bars, layers):
        self.sections.append((len(self.active), name))
        self.active += [{layer for layer in sorted(layers) if self.rng.random() < .85} or set(layers)] * int(bars)


def song(rng):
    """Samples, and (seconds, name) of each section."""
    if rng.random() < WORLD:
        made = FormedWorld(rng, forms.SECONDS)
        x = finish(rng, made.play()[:int(forms.SECONDS * SR)])
    else:
        kind = Varied if rng.random() >= VARIED else forms.Formed
        made = kind(rng, forms.SECONDS, rng.choice(forms.DANCE if rng.random() < .6 else forms.OTHER))
        x = master(rng, made.play()[:int(forms.SECONDS * SR)], 0)
    return x, [(float(made.at[min(bar * made.metre, len(made.at) - 1)]), name) for bar, name in made.sections]


def main(out, songs, seed):
    rows, labels = [], []
    for k in range(songs):
        x, sections = song(np.random.default_rng([seed, k]))
        x = np.round(x / max(1, np.abs(x).max()) * 32767) / 32768
        row = inputs(*log_bands_and_peak(x)).astype(np.float16)
        starts = np.array([t for t, _ in sections])
        at = (np.arange(len(row)) + 1) * HOPS / 100
        names = np.array([SECTIONS.index(name) for _, name in sections])
        rows.append(row)
        labels.append(names[np.maximum(0, np.searchsorted(starts, at, 'right') - 1)].astype(np.int8))
        if k % 20 == 19:
            print(k + 1, flush=True)
    np.savez(out, count=[len(row) for row in rows], inputs=np.concatenate(rows), labels=np.concatenate(labels))


if __name__ == '__main__':
    check_words(__doc__, 3, 3, numbers=(2, 3))
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

"""Songs with labelled sections and phrases, as songs.py plays them. usage: forms.py FOLDER SONGS SEED

Written as make_songs.py writes them; the labels have also sections ([seconds, name]) and phrases (seconds: each section begins
one, and after it every eight bars). Songs that are there already are left as they are."""
import json
import sys
from pathlib import Path
import numpy as np
from songs import SR, Song, master
from words import check_words

SECONDS = 110
DANCE = ['house', 'techno', 'trance', 'breaks', 'dnb', 'garage', 'electro', 'synthwave']
OTHER = ['pop', 'rock', 'funk', 'hiphop', 'midi', 'chip', 'latin', 'reggae']
FULL = ['drums', 'hats', 'bass', 'chords', 'arp', 'melody']


class Formed(Song):
    def plan(self):
        rng = self.rng
        self.layers = FULL
        self.active, self.sections = [], []
        self.fill_every = rng.choice([4, 8, 8])
        grow = [name for name in FULL if name not in ('arp', 'melody') or rng.random() < .5]
        self.add('intro', rng.choice([4, 8, 8]), [['drums', 'hats'], ['hats', 'chords'], ['chords', 'arp']][rng.integers(3)])
        self.add('groove', rng.choice([8, 16]), grow)
        end = self.bars - 8
        while len(self.active) + 16 < end:
            self.add('break', rng.choice([4, 8, 8]), ['chords', rng.choice(['arp', 'melody'])])
            if self.style in DANCE and rng.random() < .8:
                self.add('build', rng.choice([2, 4]), ['chords', 'hats'][:rng.integers(1, 3)])
                self.add('drop', rng.choice([8, 16]), FULL)
            else:
                self.add('groove', rng.choice([8, 16]), FULL)
        self.add('outro', 8, [['drums', 'hats'], ['chords'], ['drums', 'bass']][rng.integers(3)])
        self.active = (self.active + [self.active[-1]] * self.bars)[:self.bars]

    def add(self, name, bars, layers):
        self.sections.append((len(self.active), name))
        self.active += [{layer: layer in layers for layer in FULL}] * int(bars)

    def buildup(self):
        """The form has its own."""

    def drum_layer(self):
        for (first, name), (end, _) in zip(self.sections, self.sections[1:]):
            if name == 'build':
                self.riser(first, end - first)
        super().drum_layer()


def song(rng):
    made = Formed(rng, SECONDS, rng.choice(DANCE if rng.random() < .6 else OTHER))
    x = master(rng, made.play()[:int(SECONDS * SR)], 0)
    at = lambda bar: float(made.at[min(bar * made.metre, len(made.at) - 1)])
    within = lambda times: [t for t in times if t < SECONDS]
    sections = [(at(bar), name) for bar, name in made.sections if at(bar) < SECONDS]
    firsts = [bar for bar, _ in made.sections] + [made.bars]
    phrases = within(at(bar) for a, b in zip(firsts, firsts[1:]) for bar in range(a, b, 8))
    beats = within(made.at.tolist())
    return x, dict(beats=beats, downs=within(made.at[::made.metre].tolist()), style=str(made.style), sections=sections, phrases=phrases)


def main(folder, songs, seed):
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(songs):
        labels_path = folder / f'{k:04d}.json'
        if labels_path.exists():
            continue
        x, labels = song(np.random.default_rng([seed, k]))
        x = x / max(1, np.abs(x).max())
        (x * 32767).astype('<i2').tofile(folder / f'{k:04d}.pcm')
        labels_path.write_text(json.dumps(labels))


if __name__ == '__main__':
    check_words(__doc__, 3, 3, numbers=(2, 3))
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

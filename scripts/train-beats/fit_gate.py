"""Fit the weights of the end of music: fit_gate.py SONGS SOUNDS FRESH-SONGS FRESH-SOUNDS [--write]

Folders that dump-gate.mjs has read; several folders of songs are joined by colons. A logistic regression of music with lower peaks than before against sounds 1.3 to 4 s after music, weighed
as two wholes (logistic.py). Prints the weights and, for them and for those in ending-weights.ts, figures of both sets. Uses no random numbers."""
import json
import re
import sys
from pathlib import Path
import numpy as np
from gate_sum import SAME_HEIGHT, ended
from logistic import MUSIC, logistic
from words import check_words

TABLE = Path(__file__).parent / '../../packages/audio/src/rhythm/trust/ending-weights.ts'
NUMBERS = re.compile(r'= \[(.*)\];')
AFTER, FOUND, SETTLED = (1.3, 4), 10, 300
"""Seconds after the music that are fitted; music has to be found within so many seconds; frames of a song that are left out."""
RIDGE = 1e-3


class Clip:
    """seconds, height (log) and inputs of each frame since music was found; music: second at which it ends, None in a song."""

    def __init__(self, path):
        rows = np.fromfile(path, '<f4').reshape(-1, 8).astype(float)
        self.seconds, self.height, self.inputs = rows[:, 0] / 100, rows[:, 1], rows[:, 2:]
        self.music = json.loads(path.with_suffix('.json').read_text()).get('music')

    @property
    def found(self):
        return len(self.seconds) > 0 and self.seconds[0] < FOUND

    def after(self):
        return self.inputs[(self.seconds >= self.music + AFTER[0]) & (self.seconds < self.music + AFTER[1])]

    def quiet(self):
        part = self.inputs[SETTLED:-10]
        return part[part[:, 1] < SAME_HEIGHT]


def load(folders):
    return [clip for folder in folders.split(':') for clip in map(Clip, sorted(Path(folder).glob('*.gate'))) if clip.found]


def fit(songs, sounds):
    """Constant and six weights: log odds of music."""
    music, other = np.vstack([s.quiet() for s in songs]), np.vstack([s.after() for s in sounds])
    x, y = np.vstack([music, other]), np.repeat([1., 0.], [len(music), len(other)])
    return logistic(x, y, np.repeat([MUSIC / len(music), 1 / len(other)], [len(music), len(other)]), RIDGE)


def figures(songs, sounds, weights):
    lost = np.concatenate([ended(s, weights) for s in songs]).mean()
    late = []
    for s in sounds:
        out = ended(s, weights)
        times = s.seconds[out & (s.seconds >= s.music)]
        late.append(times[0] - s.music if len(times) else np.inf)
    return f'songs: ended in {lost:.4f} of the time ({len(songs)}); sounds: end after {np.median(late):.2f} s, {np.mean(np.array(late) <= 3):.2f} within 3 s ({len(sounds)})'


def main(folders, write):
    fitted, fresh = [load(f) for f in folders[:2]], [load(f) for f in folders[2:]]
    text = TABLE.read_text()
    weights = np.round(fit(*fitted), 2)
    print('weights', weights.tolist())
    for title, some in (('fitted anew', weights), ('as they stand', np.array(json.loads(f'[{NUMBERS.search(text)[1]}]')))):
        for name, (songs, sounds) in (('fit', fitted), ('fresh', fresh)):
            print(f'{title}, {name}: {figures(songs, sounds, some)}')
    alone = list(Path(folders[3]).glob('alone/*.gate'))
    print(f'sounds alone: taken for music at some time {sum(p.stat().st_size > 0 for p in alone)} of {len(alone)} (no weight changes that)')
    if write:
        TABLE.write_text(NUMBERS.sub(f'= [{", ".join(f"{w:g}" for w in weights)}];', text))


if __name__ == '__main__':
    check_words(__doc__, 4, 4, options=('--write',))
    main(sys.argv[1:5], '--write' in sys.argv)

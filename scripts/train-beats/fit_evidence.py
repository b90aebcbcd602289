"""Fit the weights of the evidence of music: fit_evidence.py SONGS… -- SOUNDS… [--write]

Folders that dump-evidence.mjs has read: of music, and of other sounds. Two logistic regressions, of the height of the peaks and their share
on the beat, and of these and the filter's mass, over all rows from the third second on; music and other sounds are weighed as two wholes (logistic.py), and
each clip of one of them as much as another. Prints the weights and, for them and for those in evidence-weights.ts, the share of the rows with more evidence
for music. Uses no random numbers."""
import json
import re
import sys
from pathlib import Path
import numpy as np
from logistic import MUSIC, logistic
from words import check_words

TABLE = Path(__file__).parent / '../../packages/audio/src/rhythm/trust/evidence-weights.ts'
SKIPPED, RIDGE = 30, 1e-3
"""Rows of a clip that are left out; of the regression."""


def load(folders, music):
    clips = []
    for path in sorted(p for folder in folders for p in Path(folder).glob('*.evidence')):
        if (json.loads(path.with_suffix('.json').read_text()).get('style', 'none') != 'none') != music:
            continue
        rows = np.fromfile(path, '<f4').reshape(-1, 3)[SKIPPED:].astype(float)
        if len(rows):
            clips.append(rows)
    return clips


def fit(music, other, count):
    """Constant and weights of the first inputs: log odds of music."""
    x = np.vstack(music + other)[:, :count]
    y = np.concatenate([np.full(len(c), value) for value, clips in ((1., music), (0., other)) for c in clips])
    weight = np.concatenate([np.full(len(c), counts / len(c) / len(clips)) for counts, clips in ((MUSIC, music), (1, other)) for c in clips])
    return logistic(x, y, weight, RIDGE)


def odds(rows, quick, kept):
    of = lambda w: w[0] + rows[:, :len(w) - 1] @ np.array(w[1:])
    return np.maximum(of(quick), of(kept))


def main(songs, sounds, write):
    music, other = load(songs, True), load(sounds + songs, False)
    if not music or not other:
        sys.exit('there are no readings of music or none of other sounds: run dump-evidence.mjs over the folders first, and give the sounds after --')
    text = TABLE.read_text()
    numbers = {name: re.compile(rf'({name}: )\[(.*?)\]') for name in ('quick', 'kept')}
    old = [json.loads(f'[{numbers[name].search(text)[2]}]') for name in numbers]
    new = [np.round(fit(music, other, count), 2).tolist() for count in (2, 3)]
    print('quick', new[0], 'kept', new[1])
    for title, weights in (('fitted anew', new), ('as they stand', old)):
        shares = [np.mean([(odds(c, *weights) > 0).mean() for c in clips]) for clips in (music, other)]
        print(f'{title}: more evidence for music in {shares[0]:.3f} of music ({len(music)}) and {shares[1]:.3f} of other sounds ({len(other)})')
    if write:
        for name, weights in zip(numbers, new):
            text = numbers[name].sub(rf'\1[{", ".join(f"{w:g}" for w in weights)}]', text)
        TABLE.write_text(text)


if __name__ == '__main__':
    check_words(__doc__, 2, options=('--write',))
    words = [word for word in sys.argv[1:] if word != '--write']
    at = words.index('--') if '--' in words else len(words)
    main(words[:at], words[at + 1:], '--write' in sys.argv)

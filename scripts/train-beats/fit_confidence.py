"""Fit the stated confidences: fit_confidence.py FIT… -- FRESH… [--write]

Folders that dump-confidence.mjs has read. Logistic regressions of whether a beat is within 70 ms of a written one, whether it is that beat of a written bar, and whether
its bar is that of a written phrase, where there are phrases. Prints the weights and the expected calibration error (beats in tenths of the confidence) of them and of
those in stated-weights.ts, for each folder. Uses no random numbers."""
import json
import re
import sys
from pathlib import Path
import numpy as np
from logistic import logistic
from words import check_words

TABLE = Path(__file__).parent / '../../packages/audio/src/rhythm/trust/stated-weights.ts'
NAMES = ('statedWeights', 'statedBarWeights', 'statedPhraseWeights')
WINDOW = .07
LEAST, MOST = .1, .99
"""The range of the trust in which the weights hold; repeats stated.ts: change both or neither."""
CHANCES = .005, .9975
"""The range of the other chances, as there."""
BARS = 8
RIDGE = 1e-6


def numbers(name):
    return re.compile(rf'(const {name}\b[^=]*= \[)([^\]]*)(\];)')


def nearest(times, time):
    return int(np.abs(times - time).argmin())


def bar_is_right(song, row):
    """The labelled beat of the bar; bars of two may be counted in fours."""
    beats, downs, metre = song
    at = nearest(beats, row[0])
    before = downs[downs <= at]
    place = at - before[-1] if len(before) else (at - downs[0]) % metre
    off = place + 1 - row[4]
    counts = off == 0 if row[3] == metre else metre == 2 and row[3] == 4 and off % 2 == 0
    return counts and abs(beats[at] - row[0]) <= WINDOW


def phrase_is_right(beat, bar, phrases, row):
    """Within a beat of where that bar of a phrase is; NaN where nothing is said, or known."""
    before = phrases[phrases <= row[0] + beat]
    if row[4] != 1 or row[6] == 0 or not len(before):
        return np.nan
    off = (row[0] - before[-1]) / bar - (row[6] - 1)
    return abs(off - BARS * round(off / BARS)) * bar <= beat


def read(path):
    """Rows of a song: trust, half, chance of the place, chance of the count, and whether beat, place and count are right."""
    labels = json.loads(path.with_suffix('.json').read_text())
    beats, downs, phrases = (np.array(labels.get(name, [])) for name in ('beats', 'downs', 'phrases'))
    known = len(downs) > 2
    if known:
        indexes = np.array([nearest(beats, down) for down in downs])
        song = beats, indexes, int(np.median(np.diff(indexes)))
    for row in np.fromfile(path, '<f4').reshape(-1, 8).astype(float):
        right = len(beats) > 0 and np.abs(beats - row[0]).min() <= WINDOW
        place = bar_is_right(song, row) if known else np.nan
        count = phrase_is_right(np.median(np.diff(beats)), np.median(np.diff(downs)), phrases, row) if known else np.nan
        yield row[1], row[2], row[5], row[7], right, place, count


def load(folder):
    return np.array([row for path in sorted(Path(folder).glob('*.stated')) for row in read(path)], float)


def odds(chance):
    held = np.clip(chance, *CHANCES)
    return np.log(held / (1 - held))


def inputs(rows):
    trust = np.clip(rows[:, 0], LEAST, MOST)
    return np.column_stack([np.ones(len(rows)), np.log(trust / (1 - trust)), rows[:, 1]])


def pair(first, second):
    return np.column_stack([np.ones(len(first)), odds(first), odds(second)])


def fit(rows):
    rows = rows[rows[:, 0] >= LEAST]
    return logistic(inputs(rows)[:, 1:], rows[:, 4], np.full(len(rows), 1 / len(rows)), RIDGE)


def stated(rows, weights):
    return np.minimum(1, rows[:, 0] / LEAST) / (1 + np.exp(-inputs(rows) @ weights))


def stated_bar(rows, beat, weights):
    return 1 / (1 + np.exp(-pair(rows[:, 2], beat) @ weights))


def stated_phrase(rows, bar, weights):
    return 1 / (1 + np.exp(-pair(rows[:, 3], bar) @ weights))


def fit_all(sets):
    """Weights of the beat over all beats; of bar and phrase, each set counting as much as any other."""
    def over(first, second, y):
        known = [~np.isnan(each) for each in y]
        x = np.vstack([pair(a[k], b[k]) for a, b, k in zip(first, second, known)])[:, 1:]
        weight = np.concatenate([np.full(k.sum(), 1 / max(1, k.sum())) for k in known])
        return logistic(x, np.concatenate([each[k] for each, k in zip(y, known)]), weight, RIDGE)

    beat_weights = np.round(fit(np.vstack(sets)), 2)
    beats = [stated(rows, beat_weights) for rows in sets]
    bar_weights = np.round(over([rows[:, 2] for rows in sets], beats, [rows[:, 5] for rows in sets]), 2)
    bars = [stated_bar(rows, beat, bar_weights) for rows, beat in zip(sets, beats)]
    phrase_weights = np.round(over([rows[:, 3] for rows in sets], bars, [rows[:, 6] for rows in sets]), 2)
    return beat_weights, bar_weights, phrase_weights


def error(chances, right):
    known = ~np.isnan(right)
    off, tenth = (chances - right)[known], np.minimum(9, (10 * chances).astype(int))[known]
    return sum(abs(off[tenth == k].sum()) for k in range(10)) / max(1, known.sum())


def report(title, name, rows, weights):
    beat = stated(rows, weights[0])
    bar = stated_bar(rows, beat, weights[1])
    parts = ('beat', beat, rows[:, 4]), ('place in the bar', bar, rows[:, 5]), ('bar in the phrase', stated_phrase(rows, bar, weights[2]), rows[:, 6])
    for what, chances, right in parts:
        if not np.isnan(right).all():
            print(f'{title}, {Path(name).name}: expected calibration error of the {what} {error(chances, right):.3f}, {(~np.isnan(right)).sum()} beats, {np.nanmean(right):.3f} right')


def main(arguments):
    folders = [a for a in arguments if a != '--write']
    at = folders.index('--')
    fitted, fresh, text = [load(f) for f in folders[:at]], [load(f) for f in folders[at + 1:]], TABLE.read_text()
    weights = fit_all(fitted)
    standing = [np.array(json.loads(f'[{numbers(name).search(text)[2]}]')) for name in NAMES]
    for name, each in zip(NAMES, weights):
        print(name, each.tolist())
    for title, some in (('fitted anew', weights), ('as they stand', standing)):
        for name, rows in zip(folders[:at] + folders[at + 1:], fitted + fresh):
            report(title, name, rows, some)
    if '--write' in arguments:
        for name, each in zip(NAMES, weights):
            text = numbers(name).sub(lambda found: f'{found[1]}{", ".join(f"{w:g}" for w in each)}{found[3]}', text)
        TABLE.write_text(text)


if __name__ == '__main__':
    check_words(__doc__, 2, options=('--write',))
    main(sys.argv[1:])

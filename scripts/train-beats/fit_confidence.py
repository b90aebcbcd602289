"""Fit the stated confidence: fit_confidence.py FIT… -- FRESH… [--write]

Folders that dump-confidence.mjs has read. A logistic regression of whether a beat is within 70 ms of a written one. Prints the weights and the expected
calibration error (beats in tenths of the confidence) of them and of those in stated-weights.ts, for each folder. Uses no random numbers."""
import json
import re
import sys
from pathlib import Path
import numpy as np
from words import check_words

TABLE = Path(__file__).parent / '../../packages/audio/src/rhythm/trust/stated-weights.ts'
NUMBERS = re.compile(r'= \[([^:\]]*)\];')
WINDOW = .07
LEAST, MOST = .1, .99
"""The range of the trust in which the weights hold; repeats stated.ts: change both or neither."""


def load(folder):
    """Trust, half and whether it is right, of each beat that went out."""
    rows = []
    for path in sorted(Path(folder).glob('*.stated')):
        written = np.array(json.loads(path.with_suffix('.json').read_text())['beats'])
        for time, trust, half in np.fromfile(path, '<f4').reshape(-1, 3).astype(float):
            rows.append((trust, half, len(written) > 0 and np.abs(written - time).min() <= WINDOW))
    return np.array(rows, float)


def inputs(rows):
    trust = np.clip(rows[:, 0], LEAST, MOST)
    return np.column_stack([np.ones(len(rows)), np.log(trust / (1 - trust)), rows[:, 1]])


def fit(rows):
    rows = rows[rows[:, 0] >= LEAST]
    x, y, b = inputs(rows), rows[:, 2], np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        b += np.linalg.solve((x.T * (p * (1 - p))) @ x + 1e-6 * np.eye(3), x.T @ (y - p))
    return b


def stated(rows, weights):
    return np.minimum(1, rows[:, 0] / LEAST) / (1 + np.exp(-inputs(rows) @ weights))


def error(rows, weights):
    off = stated(rows, weights) - rows[:, 2]
    tenth = np.minimum(9, (10 * stated(rows, weights)).astype(int))
    return sum(abs(off[tenth == k].sum()) for k in range(10)) / len(rows)


def main(arguments):
    folders = [a for a in arguments if a != '--write']
    at = folders.index('--')
    fitted, text = [load(f) for f in folders[:at]], TABLE.read_text()
    weights = np.round(fit(np.vstack(fitted)), 2)
    print('weights', weights.tolist())
    for title, some in (('fitted anew', weights), ('as they stand', np.array(json.loads(f'[{NUMBERS.search(text)[1]}]')))):
        for name, rows in zip(folders[:at] + folders[at + 1:], fitted + [load(f) for f in folders[at + 1:]]):
            print(f'{title}, {Path(name).name}: expected calibration error {error(rows, some):.3f}, {len(rows)} beats, {rows[:, 2].mean():.3f} right')
    if '--write' in arguments:
        TABLE.write_text(NUMBERS.sub(f'= [{", ".join(f"{w:g}" for w in weights)}];', text))


if __name__ == '__main__':
    check_words(__doc__, 2, options=('--write',))
    main(sys.argv[1:])

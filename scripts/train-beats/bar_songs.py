"""Songs as dump-bars.mjs read them, the true place of each beat, and the figures of a count."""
import json
from pathlib import Path
import numpy as np

NEAR = .07
"""A beat within so many seconds of a written one is that one."""
LEAST = 12
"""Songs with fewer judged beats are left out."""
INPUTS = 7


class Song:
    """rows (beats, INPUTS): the inputs of the previous beat; step: beats since it; start: the count restarted; place: 0..3 as emitted;
    true: 0..3, -1 where not known; judged: on a written beat and one place after the beat before, which leaves out half and double tempo."""

    def __init__(self, path):
        self.events = json.loads(path.read_text())
        beats = [e for e in self.events if e['kind'] == 'beat']
        self.time = np.array([e['time'] for e in beats])
        self.place = np.array([e['beat'] - 1 for e in beats], int)
        self.step = np.array([np.clip(round(e['step']), 1, 4) for e in beats], int)
        self.start = np.array([not e['inputs'] for e in beats])
        self.rows = np.array([e['inputs'] or [0.] * INPUTS for e in beats]).reshape(-1, INPUTS)
        labels = json.loads(path.with_name(path.name.replace('.bars', '')).read_text())
        self.true = true_places(self.time, np.array(labels['beats']), np.array(labels['downs']))
        self.judged = np.zeros(len(beats), bool)
        self.judged[1:] = (self.true[1:] >= 0) & (self.true[:-1] >= 0) & ((self.true[1:] - self.true[:-1]) % 4 == 1)


def true_places(times, beats, downs):
    """Place of each time in a bar of four, -1 where it is on no written beat or the bar is not of four."""
    places = np.full(len(times), -1)
    if len(downs) < 2 or len(times) == 0:
        return places
    ones = np.abs(beats[:, None] - downs).argmin(0)
    if np.median(np.diff(ones)) != 4:
        return places
    last = np.searchsorted(ones, np.arange(len(beats)), side='right') - 1
    written = np.where(last < 0, (np.arange(len(beats)) - ones[0]) % 4, np.arange(len(beats)) - ones[np.maximum(last, 0)])
    near = np.abs(times[:, None] - beats).argmin(1)
    good = (np.abs(times - beats[near]) <= NEAR) & (written[near] < 4)
    places[good] = written[near][good]
    return places


def load(folder):
    songs = [Song(path) for path in sorted(Path(folder).glob('*.bars.json'))]
    return [s for s in songs if s.judged.sum() >= LEAST]


def figures(songs, places):
    """One line: share of the judged beats that are right, and so on; jumps are beats that do not go on by one."""
    right, late, off, first, jumps, minutes = [], [], [], [], 0, 0
    for s, p in zip(songs, places):
        hit = (p == s.true) & s.judged
        right.append(hit[s.judged])
        late.append(hit[s.judged & (s.time > 10)])
        off.append(((p - s.true) % 4 == 2)[s.judged])
        jumps += ((p[1:] - p[:-1]) % 4 != 1).sum()
        minutes += (s.time[-1] - s.time[0]) / 60
        bars = np.nonzero(np.convolve(hit, np.ones(4), 'valid') > 3.5)[0]
        first.append(s.time[bars[0]] if len(bars) else np.inf)
    mean = lambda parts: np.concatenate(parts).mean()
    return (f'right {mean(right):.3f}  after 10 s {mean(late):.3f}  half a bar off {mean(off):.3f}  jumps/min {jumps / minutes:.2f}  '
            f'first right bar {np.median(first):.1f} s  songs mostly wrong {np.mean([r.mean() < .5 for r in right]):.3f}  ({len(songs)} songs)')

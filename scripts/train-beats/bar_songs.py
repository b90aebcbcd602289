"""Songs as dump-bars.mjs read them, the true place of each beat, and the figures of a count."""
import json
from pathlib import Path
import numpy as np
from bar_filter import INPUTS, LEARNED, STATES

NEAR = .07
"""A beat within so many seconds of a written one is that one."""
LEAST = 12
"""Songs with fewer judged beats are left out."""
SKIP = 5
"""Downbeats of the first seconds do not count."""


class Song:
    """rows (beats, INPUTS): the inputs of the previous beat; net (beats, STATES): the log likelihood of the network for it; step: beats since it; start: the count restarted; place and metre: as emitted;
    true, true_metre: 0.. and 2..7, -1 and 0 where not known; judged: on a written beat and one place after the beat before, which leaves
    out half and double tempo; downs: written downbeats, s."""

    def __init__(self, path):
        self.events = json.loads(path.read_text())
        beats = [e for e in self.events if e['kind'] == 'beat']
        self.time = np.array([e['time'] for e in beats])
        self.place = np.array([e['beat'] - 1 for e in beats], int)
        self.metre = np.array([e['metre'] for e in beats], int)
        self.step = np.array([np.clip(round(e['step']), 1, 8) for e in beats], int)
        self.start = np.array([not e['inputs'] for e in beats], bool)
        self.rows = np.array([e['inputs'] or [0.] * INPUTS for e in beats]).reshape(-1, INPUTS)
        self.net = np.array([e['net'] or [0.] * STATES for e in beats]).reshape(-1, STATES) / LEARNED
        labels = json.loads(path.with_name(path.name.replace('.bars', '')).read_text())
        self.downs = np.array(labels['downs'])
        self.true, self.true_metre = true_places(self.time, np.array(labels['beats']), self.downs)
        self.written = int(np.median(self.true_metre[self.true_metre > 0])) if (self.true_metre > 0).any() else 0
        self.judged = np.zeros(len(beats), bool)
        self.judged[1:] = (self.true[1:] >= 0) & (self.true[:-1] >= 0) & (self.true[1:] == (self.true[:-1] + 1) % np.maximum(1, self.true_metre[1:]))


def true_places(times, beats, downs):
    """Place in the bar and beats of the bar at each time; -1 and 0 where it is on no written beat."""
    places, metres = np.full(len(times), -1), np.zeros(len(times), int)
    if len(downs) < 2 or len(times) == 0:
        return places, metres
    ones = np.abs(beats[:, None] - downs).argmin(0)
    lengths = np.diff(ones)
    bar = np.clip(np.searchsorted(ones, np.arange(len(beats)), side='right') - 1, 0, len(lengths) - 1)
    written, length = np.arange(len(beats)) - ones[bar], lengths[bar]
    before = written < 0
    written[before] %= length[before]
    past = written >= length
    written[past] %= length[past]
    near = np.abs(times[:, None] - beats).argmin(1)
    good = (np.abs(times - beats[near]) <= NEAR) & (length[near] >= 2) & (length[near] <= 7)
    places[good], metres[good] = written[near][good], length[near][good]
    return places, metres


def load(folder):
    songs = [Song(path) for path in sorted(Path(folder).glob('*.bars.json'))]
    return [s for s in songs if s.judged.sum() >= LEAST]


def downbeat_f(song, places):
    """Of the downbeats after the first seconds, within 70 ms."""
    wanted, found = song.downs[song.downs >= SKIP], song.time[(places == 0) & (song.time >= SKIP)]
    hits = sum(np.abs(found - t).min(initial=9) <= NEAR for t in wanted)
    return 2 * hits / max(1, len(wanted) + len(found))


def figures(songs, counts):
    """Lines: all songs, then those of each metre. counts: (places, metres) of each song."""
    lines = []
    for metre in (0, 2, 3, 4, 5, 6, 7):
        some = [(s, p, m) for s, (p, m) in zip(songs, counts) if metre in (0, s.written)]
        if not some:
            continue
        right = np.concatenate([((p == s.true) & (m == s.true_metre))[s.judged] for s, p, m in some])
        alike = np.concatenate([(m == s.true_metre)[s.judged & (s.time > 10)] for s, p, m in some])
        late = np.concatenate([((p == s.true) & (m == s.true_metre))[s.judged & (s.time > 10)] for s, p, m in some])
        jumps = sum(((p[1:] - p[:-1] - s.step[1:]) % m[1:] != 0).sum() for s, p, m in some)
        minutes = sum(s.time[-1] - s.time[0] for s, p, m in some) / 60
        f = np.mean([downbeat_f(s, p) for s, p, m in some])
        lines.append(f'  {metre or "all"}: right {right.mean():.3f}  after 10 s {late.mean():.3f}  metre right {alike.mean():.3f}  '
                     f'downbeat F {f:.3f}  jumps/min {jumps / minutes:.2f}  ({len(some)} songs)')
    return '\n'.join(lines)

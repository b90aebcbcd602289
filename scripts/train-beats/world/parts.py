"""Bass, chords and lines of a song, drawn once and repeated: rows of (beat, length in beats, degree or None, octave, strength) for each bar.

A row of families.py is KIND:STEPS. Bass: root, fifth (in turn with the root), octave, walk. Chords: stab (short), strum (to the next), power
(root and fifth to the next), chug (short and muted), arp and alberti (a tone at a time), montuno (octaves and chord). Without steps: draw, riff,
follow (with the kick), pad, fast (a chord as quick notes), cross (a line in threes across the beat), none."""
import numpy as np


def drawn(rng, row):
    return np.array([rng.random() < int(c) / 9 for c in row.replace(' ', '')])


def random_row(rng, metre, steps):
    """Steps that are struck: each place by its level, some songs mostly between the beats."""
    k = np.arange(metre * steps)
    on, half = k % steps == 0, (k % steps == steps // 2) & (steps % 2 == 0)
    chance = np.where(on, rng.uniform(.1, .9), np.where(half, rng.uniform(.1, .9), rng.uniform(0, .45)))
    chance[0] = rng.choice([.2, 1, 1])
    row = rng.random(len(k)) < chance
    if not row.any():
        row[0] = True
    return row


def spans(row, steps):
    """(beat, beats to the next) of each struck step."""
    k = np.nonzero(row)[0]
    ends = np.append(k[1:], len(row) + (k[0] if len(k) else 0))
    return [(a / steps, (b - a) / steps) for a, b in zip(k, ends)]


def rhythm(rng, song, spec):
    """(kind, spans of a bar)"""
    kind, _, row = spec.partition(':')
    m, s = song.family.metre, song.family.steps
    if kind == 'pad':
        return kind, [(0, m)] if m < 4 or rng.random() < .6 else [(0, m / 2), (m / 2, m / 2)]
    if kind == 'fast':
        return 'arp', [(i / 8, 1 / 8) for i in range(8 * m)] if song.bpm < 130 and s != 3 else [(i / 6, 1 / 6) for i in range(6 * m)]
    if kind == 'cross':
        step = rng.choice([.75, 1.5]) if s != 3 else 2 / 3
        return 'arp', [(i * step, step) for i in range(int(m / step))]
    if kind == 'follow':
        return 'root', spans(song.kick_row if song.kick_row.any() else random_row(rng, m, s), s)
    if kind == 'riff':
        shared = song.shared if rng.random() < .5 else random_row(rng, m, s)
        return 'riff', spans(shared, s)
    if kind == 'draw':
        return rng.choice(['stab', 'strum', 'riff']) if not song.low else 'riff', spans(random_row(rng, m, s), s)
    return kind, spans(drawn(rng, row), s)


def bass(rng, song, spec):
    song.low = True
    kind, notes = rhythm(rng, song, spec)
    song.low = False
    out = []
    for k, (beat, length) in enumerate(notes):
        degree = 0
        if kind == 'fifth': degree = [0, -3][k % 2] if rng.random() < .9 else 4
        if kind == 'octave': degree = [0, 7][k % 2]
        if kind == 'walk': degree = [0, 2, 4, 5, 4, 2, -1, 1][(k + rng.integers(3)) % 8] if k else 0
        if kind == 'riff': degree = int(rng.choice([0, 0, 0, 4, 7, 6, 2, -1])) if k else 0
        out.append((beat, min(length, 4) * song.touch['bass'], [degree], 1))
    return out


def chords(rng, song, spec):
    kind, notes = rhythm(rng, song, spec)
    up, size = rng.permutation([0, 2, 4, 7]), int(rng.choice([3, 3, 4]))
    tones = [0, 2, 4, 6][:size]
    melody = [int(rng.choice([0, 2, 4, 7, 1, 5, -1])) for _ in notes]
    out = []
    for k, (beat, length) in enumerate(notes):
        if kind == 'stab': out.append((beat, min(length, song.touch['stab']), tones, 1))
        elif kind == 'strum': out.append((beat, min(length, 4) * .95, tones, 1 if beat % 1 == 0 else song.touch['up']))
        elif kind == 'power': out.append((beat, min(length, 4) * .95, [0, 4, 7], 1))
        elif kind == 'chug': out.append((beat, min(length, .22), [-7, -3], 1 if beat % 1 == 0 else song.touch['up']))
        elif kind == 'riff': out.append((beat, min(length, 1.5) * .9, [melody[k] - 7, melody[k] - 3] if song.heavy else [melody[k]], 1))
        elif kind == 'montuno': out.append((beat, min(length, .4), [[0, 7], [2, 4], [4, 7], [2, 9]][k % 4], 1))
        elif kind == 'alberti': out.append((beat, length, [[0], [4], [2], [4]][k % 4], 1))
        elif kind == 'arp': out.append((beat, length * song.touch['arp'], [int(up[k % len(up)])], 1 if beat % 1 == 0 else song.touch['up']))
        elif kind == 'pad': out.append((beat, length, tones, 1))
    return out, kind


def lead(rng, song):
    """Two bars of a tune with rests, upbeats and tones across the beat."""
    m, s = song.family.metre, song.family.steps
    grid = rng.choice([1 / s * (s // 3), 1]) if s in (3, 6) else rng.choice([1, .5, .5, .25])
    beat, out, degree = float(rng.choice([0, 0, grid, 1])), [], 4
    while beat < 2 * m - grid:
        length = grid * rng.choice([1, 1, 2, 2, 3, 4])
        degree = int(np.clip(degree + rng.integers(-3, 4), -2, 10))
        if rng.random() < .78:
            out.append((beat, length * rng.choice([.5, .95, 1.05]), [degree], rng.uniform(.7, 1)))
        beat += length
    return out

"""Fit the network of the sections. usage: fit_section_net.py OUT.npz FRESH.npz ROWS.npz…

Files of section_rows.py. Prints the share of the fresh ticks whose section is the likeliest exit. OUT.npz is for pack.py; if it is there already, it is judged and not made again. One thread and fixed seeds: the same rows give the same network."""
import sys
from pathlib import Path
import numpy as np
import jax
from small_net import fitted, forward, init
from words import check_words

BLOCKS, CHANNELS, STEPS, BATCH, HIGHEST, KEEP = 7, 40, 12000, 24, .003, .995
TICKS, LATE, BANDS, CLASSES, NOISE, TICK, AGES = 400, 2, 29, 6, .1, .25, (8, 40)
"""TICKS: of a song in training. LATE: a section is to be known so many ticks after it began. AGES: times over which the music's age counts, s, as in section-inputs.ts."""


def load(path):
    d = np.load(path)
    cut = np.cumsum(d['count'])[:-1]
    return list(zip(np.split(d['inputs'], cut), np.split(d['labels'], cut)))


def given(row):
    """Rows of the set -> inputs of the network: less one, and how long the music plays."""
    age = np.arange(len(row))[:, None] * TICK
    return np.concatenate([row.astype(np.float32) - 1, np.exp(-age / AGES)], 1).astype(np.float32)


def changed(rng, row):
    """Another tone colour and level, other attacks, noise."""
    x = row.astype(np.float32).copy()
    k = np.arange(BANDS) / BANDS
    if rng.random() < .7:
        x[:, :BANDS] += (x[:, :BANDS] > .05) * (rng.normal(0, .3) * (k - .5) * 2 + rng.normal(0, .2) * np.sin(k * rng.uniform(2, 12) + rng.uniform(0, 6)) + rng.normal(0, .2))
    if rng.random() < .5:
        x[:, BANDS:] *= rng.uniform(.5, 1.6)
    if rng.random() < .3:
        x[:, BANDS:] *= np.exp(rng.normal(0, .3) * np.sin(k * rng.uniform(1, 6) + rng.uniform(0, 6)))
    return np.maximum(0, x + rng.normal(0, NOISE, x.shape) * rng.uniform(0, 1.5))


def batch(rng, songs):
    x = np.zeros((len(songs), TICKS, 2 * BANDS + 2), np.float32)
    y, judged = np.zeros((len(songs), TICKS), int), np.zeros((len(songs), TICKS), np.float32)
    for k, (row, label) in enumerate(songs):
        first = 0 if rng.random() < .5 else rng.integers(0, 160)
        n = min(TICKS, len(row) - first)
        x[k, :n] = given(changed(rng, row[first:first + n]))
        y[k, LATE:n] = label[first:first + n - LATE]
        judged[k, LATE:n] = 1
    return x, y, judged


def fit(songs):
    some = lambda rng: batch(rng, [songs[k] for k in rng.integers(0, len(songs), BATCH)])
    return fitted(init(2 * BANDS + 2, CHANNELS, BLOCKS, np.zeros(CLASSES)), some, STEPS, HIGHEST, KEEP)


def main(out, fresh, *rows):
    if not Path(out).exists():
        np.savez(out, **fit([song for path in rows for song in load(path)]))
    p, run = dict(np.load(out)), jax.jit(forward)
    right = [(np.asarray(run(p, given(row)[None]))[0, LATE:].argmax(1) == label[:-LATE]).mean() for row, label in load(fresh)]
    print(f'right {np.mean(right):.3f}')


if __name__ == '__main__':
    check_words(__doc__, 3)
    main(*sys.argv[1:])

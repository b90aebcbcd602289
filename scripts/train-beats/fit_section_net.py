"""Fit the network of the sections. usage: fit_section_net.py OUT.npz FRESH.npz ROWS.npz…

Files of section_rows.py. Prints the share of the fresh ticks whose section is the likeliest exit. OUT.npz is for pack.py; if it is there already, it is judged and not made again. One thread and fixed seeds: the same rows give the same network."""
import sys
from pathlib import Path
import numpy as np
import jax
import jax.numpy as jnp
from words import check_words

DILATIONS, CHANNELS, SEED, STEPS, BATCH, HIGHEST, WARM, KEEP, DECAY, LEFT_OUT = [1, 2, 4, 8, 16, 32, 64], 24, 1, 2500, 24, .003, 50, .995, .003, .15
TICKS, LATE, BANDS, CLASSES, NOISE, TICK, AGES = 400, 2, 29, 6, .1, .25, (8, 40)
"""TICKS: of a song in training. LATE: a section is to be known so many ticks after it began. AGES: times over which the music's age counts, s, as in section-inputs.ts."""


def load(path):
    d = np.load(path)
    cut = np.cumsum(d['count'])[:-1]
    return list(zip(np.split(d['inputs'], cut), np.split(d['labels'], cut)))


def init(width):
    rng = np.random.default_rng(SEED)
    w = lambda i, o, g=1.: jnp.asarray(rng.standard_normal((i, o)) * np.sqrt(1.5 / i) * g, jnp.float32)
    z = lambda o: jnp.zeros(o, jnp.float32)
    p = dict(w_in=w(width, CHANNELS), b_in=z(CHANNELS), w_out=w(CHANNELS, CLASSES, .3), b_out=z(CLASSES))
    for k in range(len(DILATIONS)):
        p[f'w{k}'], p[f'b{k}'], p[f'r{k}'] = w(3 * CHANNELS, CHANNELS), z(CHANNELS), w(CHANNELS, CHANNELS, .5)
    return p


def back(x, steps):
    return jnp.pad(x, ((0, 0), (steps, 0), (0, 0)))[:, :x.shape[1]]


def forward(p, x, key=None):
    """(songs, ticks, inputs) -> logits of the sections (songs, ticks, CLASSES). key: leave channels out."""
    def some(h, k):
        return h if key is None else h * jax.random.bernoulli(jax.random.fold_in(key, k), 1 - LEFT_OUT, (h.shape[0], 1, h.shape[2])) / (1 - LEFT_OUT)
    h = jax.nn.relu(some(x, len(DILATIONS)) @ p['w_in'] + p['b_in'])
    for k, d in enumerate(DILATIONS):
        y = jax.nn.relu(jnp.concatenate([back(h, 2 * d), back(h, d), h], -1) @ p[f'w{k}'] + p[f'b{k}'])
        h = h + some(y, k) @ p[f'r{k}']
    return jax.nn.relu(h) @ p['w_out'] + p['b_out']


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
    def loss(p, x, y, judged, key):
        chances = jnp.take_along_axis(jax.nn.log_softmax(forward(p, x, key)), y[..., None], 2)[..., 0]
        return -(chances * judged).sum() / judged.sum()

    @jax.jit
    def step(p, m, v, mean, x, y, judged, i):
        value, g = jax.value_and_grad(loss)(p, x, y, judged, jax.random.fold_in(jax.random.key(SEED), i))
        norm = jnp.sqrt(sum(jnp.sum(a * a) for a in jax.tree.leaves(g)))
        g = jax.tree.map(lambda a: a * jnp.minimum(1, 1 / norm), g)
        m, v = jax.tree.map(lambda a, b: .9 * a + .1 * b, m, g), jax.tree.map(lambda a, b: .99 * a + .01 * b * b, v, g)
        rate = HIGHEST * jnp.minimum(1, (i + 1) / WARM) * (.5 + .5 * jnp.cos(jnp.pi * i / STEPS)) + 1e-5
        p = jax.tree.map(lambda a, b, c: a - rate * ((b / (1 - .9 ** (i + 1.))) / (jnp.sqrt(c / (1 - .99 ** (i + 1.))) + 1e-8) + DECAY * a), p, m, v)
        keep = jnp.minimum(KEEP, i / (i + 10.))
        return p, m, v, jax.tree.map(lambda a, b: keep * a + (1 - keep) * b, mean, p), value

    p = init(2 * BANDS + 2)
    state, values = (p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), p), []
    for i in range(STEPS):
        rng = np.random.default_rng([SEED, i])
        *state, value = step(*state, *batch(rng, [songs[k] for k in rng.integers(0, len(songs), BATCH)]), i)
        values.append(float(value))
        if i % 250 == 249:
            print(f'{i + 1}/{STEPS} loss {np.mean(values[-250:]):.4f}', flush=True)
    return {k: np.asarray(a, np.float32) for k, a in state[3].items()}


def main(out, fresh, *rows):
    if not Path(out).exists():
        np.savez(out, **fit([song for path in rows for song in load(path)]))
    p, run = dict(np.load(out)), jax.jit(forward)
    right = [(np.asarray(run(p, given(row)[None]))[0, LATE:].argmax(1) == label[:-LATE]).mean() for row, label in load(fresh)]
    print(f'right {np.mean(right):.3f}')


if __name__ == '__main__':
    check_words(__doc__, 3)
    main(*sys.argv[1:])

"""Train a network on sets of several kinds, with changed features. usage: train.py OUT.npz STEPS FALL CHANNELS SEED RATE SET…

SET: FILE.npz:WEIGHT or FILE.npz:WEIGHT:FROM, a set that joins at the step FROM. Each clip is drawn from the sets by their weights, and its features are changed (augment.py). Batches depend on SEED
and the step only. OUT.npz.state keeps what is needed to go on after a stop: the same command goes on. The rate is RATE up to the step
FALL and falls to nothing at STEPS, so that both can be chosen late: what was done before FALL stays as it is. A command with more STEPS goes on from there at RATE (a warm restart, after Loshchilov and Hutter 2017, SGDR). The running mean of the weights is saved."""
import os
import sys
import time
from pathlib import Path
import numpy as np
import jax
import jax.numpy as jnp
from augment import changed
from network import init, labels, loss, phases, tempi
from words import check_words

WARM, SAVE, HELD, BATCH, KEEP = 50, 200, 24, 12, .998
"""Steps to reach the rate, steps between saves, clips of each set that are not trained on, clips of a step, share of the mean of weights kept at each step."""


class Set:
    def __init__(self, spec):
        path, weight, *joins = spec.split(':')
        self.path, self.weight, self.joins = Path(path), float(weight), int(joins[0]) if joins else 0
        d = np.load(self.path)
        self.x = d['features']
        split = lambda name: np.split(d[name], np.cumsum(d[name + '_n'])[:-1])
        self.beats, self.downs = split('beats'), split('downs')

    def clip(self, k, rng=None):
        f, beats, downs = self.x[k].astype(np.float32), self.beats[k].astype(float), self.downs[k].astype(float)
        return changed(rng, f, beats, downs) if rng is not None else (f, beats, downs)


def batch(clips):
    """Features, activations, tempi, places in beat and bar."""
    x = np.stack([f for f, _, _ in clips])
    frames = x.shape[1]
    flat = lambda i: (np.concatenate([c[i] for c in clips]), np.array([len(c[i]) for c in clips]))
    y = np.stack([labels(*flat(1), frames), labels(*flat(2), frames)], -1)
    return x.astype(np.float32) - 1, y, tempi(*flat(1), frames), phases([c[1:] for c in clips], frames)


def main(out, steps, fall, channels, seed, highest, specs):
    sets = [Set(s) for s in specs]
    state_path = Path(out + '.state')

    @jax.jit
    def step(p, m, v, mean_p, x, y, bpm, phase, i):
        l, g = jax.value_and_grad(loss)(p, x, y, bpm, phase)
        norm = jnp.sqrt(sum(jnp.sum(a * a) for a in jax.tree.leaves(g)))
        g = jax.tree.map(lambda a: a * jnp.minimum(1, 1 / norm), g)
        m = jax.tree.map(lambda a, b: .9 * a + .1 * b, m, g)
        v = jax.tree.map(lambda a, b: .99 * a + .01 * b * b, v, g)
        rate = highest * jnp.minimum(1, (i + 1) / WARM) * (.5 + .5 * jnp.cos(jnp.pi * jnp.maximum(0, i - fall) / jnp.maximum(1, steps - fall))) + 1e-5
        p = jax.tree.map(lambda a, b, c: a - rate * (b / (1 - .9 ** (i + 1.))) / (jnp.sqrt(c / (1 - .99 ** (i + 1.))) + 1e-8), p, m, v)
        keep = jnp.minimum(KEEP, i / (i + 10.))
        return p, m, v, jax.tree.map(lambda a, b: keep * a + (1 - keep) * b, mean_p, p), l

    p = init(seed, sets[0].x.shape[2], channels)
    state, first = (p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), p), 0
    if state_path.exists():
        with np.load(state_path) as saved:
            first = int(saved['step'])
            state = tuple({k: jnp.asarray(saved[f'{part}.{k}']) for k in p} for part in 'pmve')
    test, mean, began = jax.jit(loss), [], time.time()
    for i in range(first, steps):
        rng = np.random.default_rng([seed, i])
        share = np.array([s.weight if i >= s.joins else 0 for s in sets])
        drawn = [sets[rng.choice(len(sets), p=share / share.sum())] for _ in range(BATCH)]
        known = batch([s.clip(rng.integers(HELD, len(s.x)), rng) for s in drawn])
        *state, l = step(*state, *known, i)
        mean.append(float(l))
        if i % SAVE == SAVE - 1 or i == steps - 1:
            held = ' '.join(f'{s.path.stem} {np.mean([float(test(state[3], *batch([s.clip(k) for k in range(a, a + BATCH)]))) for a in range(0, HELD, BATCH)]):.4f}' for s in sets)
            print(f'{i + 1}/{steps} loss {np.mean(mean):.4f} held {held} {time.time() - began:.0f} s', flush=True)
            mean = []
            np.savez(out, **{k: np.asarray(a) for k, a in state[3].items()})
            parts = {f'{name}.{k}': np.asarray(a) for name, part in zip('pmve', state) for k, a in part.items()}
            with open(f'{state_path}.new', 'wb') as file:
                np.savez(file, step=i + 1, **parts)
            os.replace(f'{state_path}.new', state_path)


if __name__ == '__main__':
    check_words(__doc__, 7, numbers=(2, 3, 4, 5))
    main(sys.argv[1], *map(int, sys.argv[2:6]), float(sys.argv[6]), sys.argv[7:])

"""Train the activations of beat, downbeat and tempo. usage: train.py OUT.npz EPOCHS DATA.npz... [--from OLD.npz] [--stop STEPS]

Needs numpy and jax. Saves the running mean of the weights. --stop leaves off before the rate has fallen to nothing.

A causal network of dilated convolutions in the manner of Davies and Böck 2019 (temporal convolutional networks for beat
tracking), with residuals; 50 steps a second, each step takes two frames of 10 ms and gives beat and downbeat for both,
DELAY frames back, and the chance of each class of tempo (a joint task, after Böck, Davies and Knees 2019).
"""
import sys, time
import numpy as np
import jax, jax.numpy as jnp
from words import check_words

CHANNELS, DILATIONS, DELAY, BATCH = 36, [1, 2, 4, 8, 16, 32, 64, 128, 256], 6, 12
# Weight of the tempo among the losses; share of the mean of weights kept at each step: what is saved is that mean.
TEMPO_WEIGHT, KEEP = .04, .998
# Tempo classes: centres in BPM, equally spaced in ratio.
TEMPI = 50 * 2 ** (np.arange(50) / 24)


def init(seed, bands):
    rng = np.random.default_rng(seed)
    w = lambda i, o: jnp.asarray(rng.standard_normal((i, o)) * np.sqrt(1.5 / i), jnp.float32)
    z = lambda o: jnp.zeros(o, jnp.float32)
    p = dict(w_in=w(4 * bands, CHANNELS), b_in=z(CHANNELS), w_out=w(CHANNELS, 4) * .3, b_out=jnp.full(4, -2.5),
             w_tempo=w(CHANNELS, len(TEMPI)) * .3, b_tempo=z(len(TEMPI)))
    for k in range(len(DILATIONS)):
        p[f'w{k}'], p[f'b{k}'], p[f'r{k}'] = w(3 * CHANNELS, CHANNELS), z(CHANNELS), w(CHANNELS, CHANNELS) * .5
    return p


def back(x, steps):
    return jnp.pad(x, ((0, 0), (steps, 0), (0, 0)))[:, :x.shape[1]]


def forward(p, x):
    """(batch, frames, bands) at 100 a second -> logits of beat and downbeat (batch, frames, 2) and of tempo (batch, frames / 2, TEMPI)."""
    b, t, n = x.shape
    x = x.reshape(b, t // 2, 2 * n)
    h = jax.nn.relu(jnp.concatenate([back(x, 1), x], -1) @ p['w_in'] + p['b_in'])
    for k, d in enumerate(DILATIONS):
        y = jax.nn.relu(jnp.concatenate([back(h, 2 * d), back(h, d), h], -1) @ p[f'w{k}'] + p[f'b{k}'])
        h = h + y @ p[f'r{k}']
    h = jax.nn.relu(h)
    y = h @ p['w_out'] + p['b_out']
    return y.reshape(b, t, 2), h @ p['w_tempo'] + p['b_tempo']


def loss(p, x, y, bpm):
    z, tempo = forward(p, x)
    bce = jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z)))
    weight = 1 + 4 * y
    near = jnp.exp(-.5 * ((jnp.log2(bpm[..., None] / TEMPI) * 24) / .8) ** 2)
    near = near / (near.sum(-1, keepdims=True) + 1e-6)
    known = bpm > 0
    cross = jnp.where(known, -(near * jax.nn.log_softmax(tempo)).sum(-1), 0).sum() / jnp.maximum(1, known.sum())
    return jnp.mean(weight * bce * jnp.array([1., .7])) + TEMPO_WEIGHT * cross


def labels(times, counts, frames):
    out = np.zeros((len(counts), frames), np.float32)
    ends = np.cumsum(counts)
    for k, (a, b) in enumerate(zip(ends - counts, ends)):
        at = np.round(times[a:b] * 100).astype(int) + DELAY
        for off, v in ((-2, .25), (2, .25), (-1, .6), (1, .6), (0, 1)):
            i = at + off
            i = i[(i >= 0) & (i < frames)]
            out[k, i] = np.maximum(out[k, i], v)
    return out


def tempi(times, counts, frames):
    """BPM around every second frame, from the beats before and after; 0 where there is none."""
    out = np.zeros((len(counts), frames // 2), np.float32)
    at = np.arange(frames // 2) * .02 - DELAY * .01
    ends = np.cumsum(counts)
    for k, (a, b) in enumerate(zip(ends - counts, ends)):
        beats = times[a:b]
        if b - a < 3:
            continue
        i = np.searchsorted(beats, at)
        inside = (i > 0) & (at < beats[-1] + 1)
        i = np.clip(i, 1, len(beats) - 1)
        out[k] = np.where(inside, 60 / (beats[i] - beats[i - 1]), 0)
    return out


def load(paths):
    xs, ys, ts = [], [], []
    for path in paths:
        d = np.load(path)
        xs.append(d['features'])
        frames = xs[-1].shape[1]
        ys.append(np.stack([labels(d['beats'], d['beats_n'], frames), labels(d['downs'], d['downs_n'], frames)], -1).astype(np.float16))
        ts.append(tempi(d['beats'], d['beats_n'], frames))
    return np.concatenate(xs), np.concatenate(ys), np.concatenate(ts)


def main():
    args = sys.argv[1:]
    options = {}
    while args[-2].startswith('--'):
        options[args[-2]] = args[-1]
        del args[-2:]
    start = options.get('--from')
    out, epochs = args[0], float(args[1])
    x, y, bpm = load(args[2:])
    held = len(x) // 20
    p = init(0, x.shape[2]) if not start else {k: jnp.asarray(v) for k, v in np.load(start).items()}
    m = jax.tree.map(jnp.zeros_like, p); v = jax.tree.map(jnp.zeros_like, p)
    total = int(epochs * ((len(x) - held) // BATCH))
    stop = int(options.get('--stop', total))

    mean_p = p

    @jax.jit
    def step(p, m, v, mean_p, x, y, bpm, i):
        l, g = jax.value_and_grad(loss)(p, x.astype(jnp.float32) - 1., y.astype(jnp.float32), bpm)
        norm = jnp.sqrt(sum(jnp.sum(a * a) for a in jax.tree.leaves(g)))
        g = jax.tree.map(lambda a: a * jnp.minimum(1, 1 / norm), g)
        m = jax.tree.map(lambda a, b: .9 * a + .1 * b, m, g)
        v = jax.tree.map(lambda a, b: .99 * a + .01 * b * b, v, g)
        rate = (1.5e-3 if start else 4e-3) * jnp.minimum(1, (i + 1) / 50) * (.5 + .5 * jnp.cos(jnp.pi * i / total)) + 1e-5
        p = jax.tree.map(lambda a, b, c: a - rate * (b / (1 - .9 ** (i + 1.))) / (jnp.sqrt(c / (1 - .99 ** (i + 1.))) + 1e-8), p, m, v)
        keep = jnp.minimum(KEEP, i / (i + 10.))
        return p, m, v, jax.tree.map(lambda a, b: keep * a + (1 - keep) * b, mean_p, p), l

    test = jax.jit(lambda p, x, y, bpm: loss(p, x.astype(jnp.float32) - 1., y.astype(jnp.float32), bpm))
    rng = np.random.default_rng(1)
    order, mean, began = [], 0, time.time()
    for i in range(stop):
        if len(order) < BATCH:
            order = list(rng.permutation(len(x) - held) + held)
        k = [order.pop() for _ in range(BATCH)]
        p, m, v, mean_p, l = step(p, m, v, mean_p, x[k], y[k], bpm[k], i)
        mean += float(l)
        if i % 200 == 199 or i == stop - 1:
            h = np.mean([float(test(mean_p, x[a:a + BATCH], y[a:a + BATCH], bpm[a:a + BATCH])) for a in range(0, held - BATCH + 1, BATCH)])
            print(f'{i + 1}/{total} loss {mean / (i % 200 + 1):.4f} held {h:.4f} {time.time() - began:.0f} s', flush=True)
            mean = 0
            np.savez(out, **{k: np.asarray(a) for k, a in mean_p.items()})


if __name__ == '__main__':
    check_words(__doc__, 3, options=('--from', '--stop'))
    main()

"""The network for the activations of beat, downbeat and tempo, its loss and its labels.

A causal network of dilated convolutions in the manner of Davies and Böck 2019 (temporal convolutional networks for beat
tracking), with residuals; 50 steps a second, each step takes two frames of 10 ms and gives beat and downbeat for both,
DELAY frames back, and the chance of each class of tempo (a joint task, after Böck, Davies and Knees 2019).

In training only it also tells where in the beat and in the bar each step is, which no peak of a moment tells (`phases`).
"""
import numpy as np
import jax
import jax.numpy as jnp

DILATIONS, DELAY = [1, 2, 4, 8, 16, 32, 64, 128, 256], 6
# Weight of the tempo among the losses.
TEMPO_WEIGHT = .04
# Weight of the places in beat and bar.
PHASE_WEIGHT = .08
# Tempo classes: centres in BPM, equally spaced in ratio.
TEMPI = 50 * 2 ** (np.arange(50) / 24)


def init(seed, bands, channels):
    rng = np.random.default_rng(seed)
    w = lambda i, o: jnp.asarray(rng.standard_normal((i, o)) * np.sqrt(1.5 / i), jnp.float32)
    z = lambda o: jnp.zeros(o, jnp.float32)
    p = dict(w_in=w(4 * bands, channels), b_in=z(channels), w_out=w(channels, 4) * .3, b_out=jnp.full(4, -2.5),
             w_tempo=w(channels, len(TEMPI)) * .3, b_tempo=z(len(TEMPI)),
             w_phase=w(channels, 4) * .3, b_phase=z(4))
    for k in range(len(DILATIONS)):
        p[f'w{k}'], p[f'b{k}'], p[f'r{k}'] = w(3 * channels, channels), z(channels), w(channels, channels) * .5
    return p


def back(x, steps):
    return jnp.pad(x, ((0, 0), (steps, 0), (0, 0)))[:, :x.shape[1]]


def hidden(p, x):
    """(batch, frames, bands) at 100 a second -> what is known at each step (batch, frames / 2, channels)."""
    b, t, n = x.shape
    x = x.reshape(b, t // 2, 2 * n)
    h = jax.nn.relu(jnp.concatenate([back(x, 1), x], -1) @ p['w_in'] + p['b_in'])
    for k, d in enumerate(DILATIONS):
        y = jax.nn.relu(jnp.concatenate([back(h, 2 * d), back(h, d), h], -1) @ p[f'w{k}'] + p[f'b{k}'])
        h = h + y @ p[f'r{k}']
    return jax.nn.relu(h)


def heads(p, h):
    """What is known -> logits of beat and downbeat (batch, frames, 2) and of tempo (batch, frames / 2, TEMPI)."""
    return (h @ p['w_out'] + p['b_out']).reshape(h.shape[0], -1, 2), h @ p['w_tempo'] + p['b_tempo']


def forward(p, x):
    """(batch, frames, bands) at 100 a second -> logits as `heads` gives them."""
    return heads(p, hidden(p, x))


def loss(p, x, y, bpm, phase):
    h = hidden(p, x)
    z, tempo = heads(p, h)
    bce = jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z)))
    weight = 1 + 4 * y
    near = jnp.exp(-.5 * ((jnp.log2(bpm[..., None] / TEMPI) * 24) / .8) ** 2)
    near = near / (near.sum(-1, keepdims=True) + 1e-6)
    known = bpm > 0
    cross = jnp.where(known, -(near * jax.nn.log_softmax(tempo)).sum(-1), 0).sum() / jnp.maximum(1, known.sum())
    place = (phase != 0).any(-1, keepdims=True) * (h @ p['w_phase'] + p['b_phase'] - phase) ** 2
    return jnp.mean(weight * bce * jnp.array([1., .7])) + TEMPO_WEIGHT * cross + PHASE_WEIGHT * jnp.mean(place)


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


def turns(times, at):
    """Cosine and sine of the place of each moment between the mark before it and the one after; 0 outside."""
    if len(times) < 2:
        return np.zeros((len(at), 2), np.float32)
    i = np.clip(np.searchsorted(times, at, 'right'), 1, len(times) - 1)
    angle = 2 * np.pi * (at - times[i - 1]) / (times[i] - times[i - 1])
    inside = (at >= times[0]) & (at < times[-1])
    return np.where(inside[:, None], np.stack([np.cos(angle), np.sin(angle)], -1), 0)


def phases(clips, frames):
    """Lists of (beats, downbeats) in seconds -> place in beat and in bar of every second frame (clips, frames / 2, 4)."""
    at = np.arange(frames // 2) * .02 - DELAY * .01
    return np.stack([np.concatenate([turns(beats, at), turns(downs, at)], -1) for beats, downs in clips]).astype(np.float32)

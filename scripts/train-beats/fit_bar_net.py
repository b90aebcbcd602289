"""Fit the network of the bar. usage: fit_bar_net.py ROWS.npz FRESH.npz OUT.npz

Files of bar_rows.py. Prints the share of the fresh beats that are counted right (from the ninth and from the 21st of a clip on) by the table alone, and by both, for each metre. OUT.npz is for pack.py; if it
is there already, it is judged and not made again. One thread and fixed seeds: the same rows give the same network."""
import sys
from pathlib import Path
import numpy as np
import jax
import jax.numpy as jnp
from bar_filter import AFTER, BEFORE, FADE, INPUTS, JUMP, LEARNED, MARGIN, METRE, MOMENTARY, NAMES, PLACE, PRIOR, RARE_METRE, REPEATS, START, STATES, USUAL_METRE, state_of
from fit_bar import present, spread
from small_net import fitted, forward, init
from words import check_words

BLOCKS, CHANNELS, STEPS, BATCH, HIGHEST, KEEP = 5, 32, 5000, 48, .002, .998
BEATS, LATEST = 96, 8
"""Beats of a clip in training, and the last of them with which it may begin."""
NOISE, BANDS, LOOPS = .05, 29, .1
"""LOOPS: share of the clips that are taken as loops of a beat or two."""


def load(path):
    d = np.load(path)
    cut = np.cumsum(d['count'])[:-1]
    return list(zip(*(np.split(d[name], cut) for name in ('inputs', 'place', 'metre'))))


def changed(rng, x):
    """Another tone colour, other attacks, a weaker downbeat activation, noise."""
    x = x.copy()
    if rng.random() < .6:
        k = np.arange(BANDS) / BANDS
        colour = rng.normal(0, .25) * (k - .5) * 2 + rng.normal(0, .15) * np.sin(k * rng.uniform(2, 12) + rng.uniform(0, 6)) + rng.normal(0, .1)
        x[:, :2 * BANDS] += np.tile(colour, 2)
    if rng.random() < .4:
        x[:, 2 * BANDS:4 * BANDS] *= rng.uniform(.6, 1.3)
    if rng.random() < .3:
        x[:, 4 * BANDS] *= rng.uniform(.3, 1)
    return x + rng.normal(0, NOISE, x.shape)


def looped(rng, given, place):
    """One or two beats of a clip in four over and over, and one of the places that fit: nothing tells which of them it is."""
    period = rng.choice([1, 2, 2])
    first = rng.integers(len(given) - period)
    x = np.tile(given[first:first + period], (BEATS // period, 1))
    own = slice(4 * BANDS + 1, 4 * BANDS + len(NAMES))
    x[:, own] -= x[:, own].mean(0)
    x[:, 4 * BANDS + len(NAMES):] = 0 if period == 1 else [-1, 1] * (REPEATS // 2) + [-1]
    return x, (place[first] + period * rng.integers(4) + np.arange(BEATS)) % 4


def batch(rng, clips):
    x = np.zeros((len(clips), BEATS, clips[0][0].shape[1]), np.float32)
    states, judged = np.zeros((len(clips), BEATS), int), np.zeros((len(clips), BEATS), np.float32)
    for k, (given, place, metre) in enumerate(clips):
        first = rng.integers(max(1, min(LATEST, len(given) - 16)))
        some = slice(first, first + BEATS)
        n = len(place[some])
        x[k, :n] = changed(rng, given[some].astype(np.float32))
        states[k, :n] = state_of(np.maximum(0, place[some]), metre[some])
        judged[k, :n] = place[some] >= 0
        if rng.random() < LOOPS and (metre == 4).all():
            loop, places = looped(rng, given.astype(np.float32), place)
            x[k], states[k], judged[k] = changed(rng, loop), state_of(places, np.full(BEATS, 4)), 1
    return x, states, judged


def fit(clips):
    some = lambda rng: batch(rng, [clips[k] for k in rng.integers(0, len(clips), BATCH)])
    p = fitted(init(clips[0][0].shape[1], CHANNELS, BLOCKS, np.log(PRIOR)), some, STEPS, HIGHEST, KEEP)
    # What is common in training is no evidence: the chances are given relative to it.
    known = np.concatenate([state_of(place[place >= 0], metre[place >= 0]) for _, place, metre in clips])
    p['b_out'] = (p['b_out'] - np.log((np.bincount(known, minlength=STATES) + 1) / (len(known) + STATES))).astype(np.float32)
    return p


def counted(evidence, net):
    """States of the beats after the first, as the filter and the count of packages/audio/src/rhythm/bar find them. net: logits."""
    belief, state, states = PRIOR.copy(), START, []
    for row, heard in zip(evidence + LEARNED * net, net):
        posterior = belief ** FADE * PRIOR ** (1 - FADE) * np.exp(row - row.max())
        belief = ((1 - JUMP) * posterior / posterior.sum() + JUMP * PRIOR)[BEFORE[1]]
        both = belief * np.exp(MOMENTARY * (heard - heard.max()))[BEFORE[1]]
        state, best = AFTER[1][state], int(both.argmax())
        needed = MARGIN if METRE[best] == METRE[state] else max(MARGIN, USUAL_METRE if METRE[best] == 4 else RARE_METRE)
        state = best if both[best] > needed * both[state] else state
        states.append(state)
    return np.array(states[:-1], int)


def figures(clips, evidences, nets):
    right = {}
    for (_, place, metre), evidence, net in zip(clips, evidences, nets):
        states, place, metre = counted(evidence, net), place[1:], metre[1:]
        known = place >= 0
        if known[8:].sum() < 8:
            continue
        good = (PLACE[states] == place) & (METRE[states] == metre)
        right.setdefault(int(np.median(metre[known])), []).append((good[8:][known[8:]].mean(), good[20:][known[20:]].mean() if known[20:].any() else np.nan))
    return ', '.join(f'{m} beats ({len(v)} clips) {np.mean([a for a, _ in v]):.3f} {np.nanmean([b for _, b in v]):.3f}' for m, v in sorted(right.items()))


def main(rows, fresh, out):
    if not Path(out).exists():
        np.savez(out, **fit(load(rows)))
    p, clips = dict(np.load(out)), load(fresh)
    weights = np.asarray(spread({k: jnp.asarray(v) for k, v in present().items()}))
    table = [x.astype(np.float32)[:, -INPUTS:] @ weights for x, _, _ in clips]
    run = jax.jit(forward)
    longest = max(len(x) for x, _, _ in clips)
    filled = (np.concatenate([x, np.zeros((longest - len(x), x.shape[1]))]).astype(np.float32) for x, _, _ in clips)
    nets = [np.asarray(run(p, x[None]))[0, :len(t)] for x, t in zip(filled, table)]
    print(f'table: {figures(clips, table, [0 * net for net in nets])}\nboth: {figures(clips, table, nets)}')


if __name__ == '__main__':
    check_words(__doc__, 3, 3)
    main(*sys.argv[1:])

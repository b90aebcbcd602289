"""Fit bar-table.ts and judge it. usage: fit_bar.py FIT-FOLDER FRESH-FOLDER [--write]"""
import json
import re
import sys
from pathlib import Path
import numpy as np
import jax
import jax.numpy as jnp
from bar_filter import AFTER, BEFORE, FADE, INPUTS, JUMP, LEARNED, METRE, MOMENTARY, NAMES, PLACE, PRIOR, REPEATS, SHARES, STATES, centred, replay, state_of
from bar_songs import figures, load
from words import check_words

TABLE = Path(__file__).parents[2] / 'packages/audio/src/rhythm/bar/bar-table.ts'
RIDGE, STEPS, RATE = .02, 200, .04
COLUMNS = {2: 2, 3: 3, 4: 4, 'more': 4}
"""Places of a table: metres of more than four beats share one, with the places 1, 2, between, and the last."""
EARLIER = np.array([[1.17, -1.09, -.03, -.06], [.12, .01, .06, -.2], [.11, -.13, 0, .02], [.06, -.13, .08, -.01], [.31, -.17, -.22, .08],
                    [.07, .12, -.16, -.04], [-.11, .29, .09, -.27]])
"""The table of four beats as fitted before to 408 songs in four: the fit is drawn to it where a few songs say little."""


def column(metre, place):
    return place if metre <= 4 or place < 2 else 3 if place == metre - 1 else 2


def spread(parameters):
    """(INPUTS, STATES) from the tables."""
    places = [parameters[m if m <= 4 else 'more'][:, column(m, p)] for m, p in zip(METRE.tolist(), PLACE.tolist())]
    repeats = [parameters['repeats'][list(SHARES).index(m)] for m in METRE.tolist()]
    return jnp.concatenate([jnp.stack(places, 1), jnp.stack(repeats, 1)])


def batch(songs):
    """Songs side by side, filled up with beats that are not judged: rows, log likelihood of the network, steps, starts, states, judged."""
    longest = max(len(s.rows) for s in songs)
    fill = lambda values: np.stack([np.concatenate([v, np.zeros((longest - len(v), *v.shape[1:]), v.dtype)]) for v in values])
    return [fill(v) for v in ([centred(s) for s in songs], [s.net for s in songs], [s.step for s in songs], [s.start for s in songs],
                              [state_of(s.true, s.true_metre) for s in songs], [s.judged for s in songs])]


def fit(songs):
    """Tables under which the whole forward filter finds the true places and metres likeliest, by Adam."""
    rows, net, steps, starts, states, judged = batch([s for s in songs if s.judged.mean() >= .5])
    scale = rows[judged].std(0) + 1e-6
    along = lambda v: jnp.asarray(np.moveaxis(v, 1, 0))
    sound, net, turned, starts = along((rows / scale).astype(np.float32)), along(net.astype(np.float32)), along(np.eye(STATES, dtype=np.float32)[BEFORE[steps]]), along(starts)
    prior = jnp.log(jnp.asarray(PRIOR, jnp.float32))
    start = {**{m: jnp.zeros((len(NAMES), n)) for m, n in COLUMNS.items()}, 'repeats': jnp.zeros((len(SHARES), REPEATS))}
    start[4] = jnp.asarray(EARLIER * scale[:len(NAMES), None])
    keys = list(start)
    drawn = [start[k] for k in keys]
    weight = judged / np.maximum(1, judged.sum(1, keepdims=True))
    wanted = along((np.eye(STATES)[states] * weight[..., None]).astype(np.float32))

    def loss(w):
        weights = spread(dict(zip(keys, w)))

        def beat(belief, at):
            evidence, heard, turn, start = at
            posterior = jax.nn.softmax(FADE * belief + (1 - FADE) * prior + evidence, axis=1)
            on = jnp.log((turn @ ((1 - JUMP) * posterior + JUMP * jnp.exp(prior))[..., None])[..., 0])
            belief = jnp.where(start[:, None], prior, on)
            both = belief + jnp.where(start[:, None], 0, MOMENTARY * (turn @ heard[..., None])[..., 0])
            return belief, jax.nn.log_softmax(both, axis=1)
        _, beliefs = jax.lax.scan(beat, jnp.broadcast_to(prior, (len(rows), STATES)), (sound @ weights + LEARNED * net, net, turned, starts))
        return -(jnp.exp(beliefs) * wanted).sum() / len(rows) + RIDGE * sum(((v - u) ** 2).sum() for v, u in zip(w, drawn))

    slope = jax.jit(jax.value_and_grad(loss))
    w = [start[k] for k in keys]
    m = v = [jnp.zeros_like(x) for x in w]
    for t in range(1, STEPS + 1):
        value, g = slope(w)
        m = [.9 * a + .1 * b for a, b in zip(m, g)]
        v = [.99 * a + .01 * b ** 2 for a, b in zip(v, g)]
        rate = RATE * (1 if t < .6 * STEPS else .3)
        w = [x - rate * (a / (1 - .9 ** t)) / (jnp.sqrt(b / (1 - .99 ** t)) + 1e-8) for x, a, b in zip(w, m, v)]
    print(f'loss {value:.4f} over {len(rows)} songs')
    found = {k: np.asarray(x, float) for k, x in zip(keys, w)}
    for name in COLUMNS:
        found[name] = np.round(found[name] / scale[:len(NAMES), None], 2) + 0.
    found['repeats'] = np.round(found['repeats'] / scale[len(NAMES):], 2) + 0.
    return found


def text_of(tables):
    row = lambda values: '[' + ', '.join(f'{v + 0:g}' for v in values) + ']'
    lines = ['// Made by scripts/train-beats/fit_bar.py: do not edit, fit again instead.',
             '/**', ' * Log likelihood of each place per unit by which a feature lies above its mean, by beats of the bar (metres of more than four beats share',
             ' * a table: place 1, place 2, those between, the last), and of each metre per unit of each value of `BeatRepeats`.', ' */',
             'export const barTable = {', '  places: {']
    for metre in COLUMNS:
        lines += [f'    {metre}: {{'] + [f'      {n}: {row(v)},' for n, v in zip(NAMES, tables[metre])] + ['    },']
    lines += ['  },', '  repeats: {'] + [f'    {m}: {row(v)},' for m, v in zip(SHARES, tables['repeats'])] + ['  },', '};', '']
    return '\n'.join(lines)


def present():
    """The tables as they stand in bar-table.ts."""
    body = re.search(r'barTable = (\{.*\});', TABLE.read_text(), re.S)[1]
    value = json.loads(re.sub(r',(\s*[}\]])', r'\1', re.sub(r'(\w+):', r'"\1":', body)))
    return {**{m: np.array([value['places'][str(m)][n] for n in NAMES]) for m in COLUMNS}, 'repeats': np.array([value['repeats'][str(m)] for m in SHARES])}


def mended(songs, weights):
    """Of counts that are right at the middle of a song and made wrong there, the share that is right again within 8 bars."""
    good = []
    for s in songs:
        places, metres = replay(s, weights)
        middle = len(places) // 3
        span = slice(middle, middle + 8 * s.written)
        if s.written not in (3, 4) or len(places) < middle + 8 * s.written + 4 or not s.judged[middle:middle + 8 * s.written + 4].all():
            continue
        if not ((places == s.true) & (metres == s.true_metre))[middle - 4:middle + 8 * s.written + 4].all():
            continue
        for turn in (1, s.written - 1) + ((2,) if s.written == 4 else ()):
            again, other = replay(s, weights, (middle, turn))
            good.append(again[span.stop] == s.true[span.stop] and other[span.stop] == s.written)
    return f'mended within 8 bars: {np.mean(good) if good else float("nan"):.3f} of {len(good)}'


def main(fit_folder, fresh_folder, options):
    songs, fresh = load(fit_folder), load(fresh_folder)
    tables = present() if fit_folder == '-' else fit(songs)
    weights = np.asarray(spread({k: jnp.asarray(v) for k, v in tables.items()}))
    for title, some in (('fit', songs), ('fresh', fresh)):
        counts = [replay(s, weights) for s in some]
        print(f'{title}, fitted anew, {mended(some, weights)}\n{figures(some, counts)}')
        print(f'{title}, as emitted\n{figures(some, [(s.place, s.metre) for s in some])}')
        same = np.concatenate([(p == s.place) & (m == s.metre) for s, (p, m) in zip(some, counts)])
        print(f'the same count as emitted: {same.mean():.4f}')
    if '--write' in options:
        TABLE.write_text(text_of(tables))


if __name__ == '__main__':
    check_words(__doc__, 2, 2, options=('--write',))
    main(sys.argv[1], sys.argv[2], sys.argv[3:])

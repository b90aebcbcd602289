"""Fit the table of bar-evidence.ts and judge it beside the present one. usage: fit_bar.py FIT-FOLDER FRESH-FOLDER"""
import re
import sys
from pathlib import Path
import numpy as np
import jax
import jax.numpy as jnp
from bar_songs import INPUTS, figures, load

SOURCE = Path(__file__).parents[2] / 'packages/audio/src/rhythm/bar/bar-evidence.ts'
NAMES = ['downbeat', 'kick', 'chord', 'bass', 'level', 'entry', 'turn']
# As in bar-evidence.ts.
MEMORY, FEWEST, MOST = 48, 3, 4
# As in bar-counter.ts.
JUMP, FADE, MARGIN, NEAR, DROP = .0065, .989, 2, .2, np.array([.8, .03, .14, .03])
RIDGE, STEPS, RATE = .02, 300, .03


def centred(song):
    """The rows as bar-evidence.ts weighs them: the downbeat less a quarter, the rest less their running means."""
    out = np.zeros_like(song.rows)
    mean, count = np.zeros(INPUTS - 1), 0
    for k, row in enumerate(song.rows):
        if song.start[k]:
            mean[:], count = 0, 0
            continue
        count += 1
        mean = mean + max(1 / MEMORY, 1 / count) * (row[1:] - mean)
        out[k, 0] = row[0] - .25
        if count >= FEWEST:
            out[k, 1:] = np.clip(row[1:] - mean, -MOST, MOST)
    return out


def replay(song, weights):
    """The count of bar-counter.ts, place 0..3 of each beat."""
    evidence = centred(song) @ weights
    belief, place, k, places = np.full(4, .25), 0, 0, []

    def settled(margin):
        best = place if belief.max() <= belief[place] else int(belief.argmax())
        return best if belief[best] > margin * belief[place] else place

    for event in song.events:
        if event['kind'] == 'reset':
            belief, place = np.full(4, .25), 0
        elif event['kind'] == 'drop':
            near = int(np.floor(event['phase'] + .5))
            if abs(event['phase'] - near) <= NEAR:
                belief = belief * np.roll(DROP, -near)
                place = settled(1)
        else:
            if not song.start[k]:
                posterior = belief ** FADE * np.exp(evidence[k])
                belief = np.roll((1 - JUMP) * posterior / posterior.sum() + JUMP / 4, song.step[k])
                place = (place + song.step[k]) % 4
                place = settled(MARGIN)
            places.append(place)
            k += 1
    return np.array(places)


def batch(songs):
    """Songs side by side, filled up with beats that are not judged: rows, steps, starts, places, judged."""
    longest = max(len(s.rows) for s in songs)
    fill = lambda values: np.stack([np.concatenate([v, np.zeros((longest - len(v), *v.shape[1:]), v.dtype)]) for v in values])
    return [fill(v) for v in ([centred(s) for s in songs], [s.step for s in songs], [s.start for s in songs],
                              [np.maximum(s.true, 0) for s in songs], [s.judged for s in songs])]


def fit(songs):
    """Weights (INPUTS, 4) under which the whole forward filter finds the true places likeliest, by Adam from nothing."""
    rows, steps, starts, places, judged = batch([s for s in songs if s.judged.mean() >= .5])
    scale = rows[judged].std(0)
    turned = (np.arange(4) - steps[..., None]) % 4
    along = lambda v: jnp.asarray(np.moveaxis(v, 1, 0))
    sound, turned, starts = along((rows / scale).astype(np.float32)), along(turned), along(starts)

    def loss(w):
        def beat(belief, at):
            evidence, turn, start = at
            posterior = jax.nn.softmax(FADE * belief + evidence, axis=1)
            on = jnp.take_along_axis(jnp.log((1 - JUMP) * posterior + JUMP / 4), turn, axis=1)
            belief = jnp.where(start[:, None], jnp.log(.25), on)
            return belief, belief
        _, beliefs = jax.lax.scan(beat, jnp.full((len(rows), 4), jnp.log(.25)), (sound @ w, turned, starts))
        posterior = jnp.take_along_axis(jnp.moveaxis(beliefs, 0, 1), places[..., None], axis=2)[..., 0]
        return -(posterior * judged).sum() / judged.sum() + RIDGE * (w ** 2).sum()

    slope = jax.jit(jax.value_and_grad(loss))
    w = m = v = jnp.zeros((INPUTS, 4))
    for t in range(1, STEPS + 1):
        value, g = slope(w)
        m, v = .9 * m + .1 * g, .99 * v + .01 * g ** 2
        w = w - RATE * (1 if t < .6 * STEPS else .3) * (m / (1 - .9 ** t)) / (jnp.sqrt(v / (1 - .99 ** t)) + 1e-8)
    print(f'loss {value:.4f} over {len(rows)} songs')
    weights = np.asarray(w) / scale[:, None]
    return np.round(weights - weights.mean(1, keepdims=True), 2)


def present():
    """The table as it stands in bar-evidence.ts."""
    text = SOURCE.read_text()
    return np.array([[float(v) for v in re.search(rf'^  {name}: \[(.*)\],$', text, re.M)[1].split(',')] for name in NAMES])


def main(fit_folder, fresh_folder):
    songs, fresh = load(fit_folder), load(fresh_folder)
    before, after = present(), fit(songs)
    for name, row in zip(NAMES, after):
        print(f'  {name}: [{", ".join(f"{v + 0:g}" for v in row)}],')
    for title, some in (('fit', songs), ('fresh', fresh)):
        again = [replay(s, before) for s in some]
        same = np.mean(np.concatenate([a == s.place for a, s in zip(again, some)]))
        print(f'{title} as emitted   {figures(some, [s.place for s in some])}')
        print(f'{title} present      {figures(some, again)}  same beat as emitted: {same:.4f}')
        print(f'{title} fitted anew  {figures(some, [replay(s, after) for s in some])}')


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])

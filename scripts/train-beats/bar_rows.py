"""Beats of stored sets as the tracker describes them, for fit_bar_net.py. usage: bar_rows.py OUT.npz SET.npz…

The written beats, up to 10 ms early or late in two clips of three, with the downbeat activation of the shipped networks: inputs as in bar-net.ts, and the true place and metre of each."""
import sys
from pathlib import Path
import numpy as np
sys.path.insert(0, str(Path(__file__).parent / 'replay'))
import jax  # noqa: E402
from activations import weights  # noqa: E402
from bar_beats import described, inputs  # noqa: E402
from bar_songs import true_places  # noqa: E402
from network import forward  # noqa: E402
from words import check_words  # noqa: E402

ACTIVATION = Path(__file__).parents[2] / 'packages/audio/src/rhythm/activation'
TOGETHER, LEAST = 20, 16
"""Clips that the networks take at once; clips with fewer beats are left out."""


def main(out, sets):
    nets = [weights(str(ACTIVATION / f'weights-{name}.ts')) for name in ('first', 'second')]
    run = jax.jit(lambda p, x: jax.nn.sigmoid(forward(p, x)[0][..., 1]))
    found = dict(inputs=[], count=[], place=[], metre=[])
    for path in sets:
        d = np.load(path)
        beats, downs = (np.split(d[name], np.cumsum(d[name + '_n'])[:-1]) for name in ('beats', 'downs'))
        for first in range(0, len(beats), TOGETHER):
            bands = d['features'][first:first + TOGETHER].astype(np.float32)
            some = np.concatenate([bands, np.zeros((TOGETHER - len(bands), *bands.shape[1:]), np.float32)])
            downbeat = np.mean([run(p, some - 1) for p in nets], axis=0)
            for k, (b, d1) in enumerate(zip(beats[first:first + TOGETHER], downs[first:first + TOGETHER])):
                if len(b) < LEAST or len(d1) < 3:
                    continue
                rng = np.random.default_rng([5, first + k])
                times = b + rng.normal(0, rng.choice([0, .004, .01]), len(b))
                times = times[(times >= .05) & (times < bands.shape[1] / 100 - .02)]
                found['inputs'].append(inputs(*described(bands[k], downbeat[k], times)).astype(np.float16))
                place, metre = true_places(times[:-1], b.astype(float), d1.astype(float))
                found['place'].append(place)
                found['metre'].append(metre)
                found['count'].append(len(place))
        print(path, len(found['count']), flush=True)
    np.savez(out, count=found.pop('count'), **{name: np.concatenate(parts) for name, parts in found.items()})


if __name__ == '__main__':
    check_words(__doc__, 2)
    main(sys.argv[1], sys.argv[2:])

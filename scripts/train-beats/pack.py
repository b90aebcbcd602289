"""Pack trained weights for the tracker. usage: pack.py NET.npz ../../packages/audio/src/rhythm/activation/weights-first.ts NAME-OF-THE-CONSTANT

Eight bits and a scale for each column: the filter alone has the same F as with sixteen, within 0.001 (dev, dev-c)."""
import base64, sys
import numpy as np
from network import DILATIONS
from words import check_words


def text(values):
    return base64.b64encode(values.tobytes()).decode()


def main(source, target, constant):
    lines = ['// Made by scripts/train-beats/pack.py: do not edit, train again instead.', '/** Weights of a network in net.ts. */',
             f'export const {constant} = {{', '  centre: 1,', f'  dilations: {DILATIONS},', '  tensors: {']
    for name, value in np.load(source).items():
        rows = np.atleast_2d(value)
        scales = (np.maximum(np.abs(rows).max(0), 1e-9) / 127).astype('<f4')
        lines.append(f'    {name}: {{ scales: "{text(scales)}", data: "{text(np.round(rows / scales).astype("i1"))}" }},')
    lines += ['  },', '};', '']
    open(target, 'w').write('\n'.join(lines))


if __name__ == '__main__':
    check_words(__doc__, 3, 3)
    main(*sys.argv[1:])

"""Pack trained weights for the tracker. usage: pack.py NET.npz ../../packages/audio/src/rhythm/activation/weights-first.ts NAME-OF-THE-CONSTANT

For the networks of train.py, and that of fit_bar_net.py.

The places in beat and bar, which are for training only, are left out. Eight bits and a scale for each column: the filter alone has the same F as with sixteen, within 0.001 (dev, dev-c)."""
import base64, sys
import numpy as np
from words import check_words


def text(values):
    return base64.b64encode(values.tobytes()).decode()


def main(source, target, constant):
    tensors = {name: value for name, value in np.load(source).items() if not name.endswith('_phase')}
    blocks = sum(name[1:].isdigit() for name in tensors) // 3
    lines = ['// Made by scripts/train-beats/pack.py: do not edit, train again instead.', '/** See `DilatedNetWeights`. */',
             f'export const {constant} = {{', '  centre: 1,', f'  dilations: {[2 ** k for k in range(blocks)]},', '  tensors: {']
    for name, value in tensors.items():
        rows = np.atleast_2d(value)
        scales = (np.maximum(np.abs(rows).max(0), 1e-9) / 127).astype('<f4')
        lines.append(f'    {name}: {{ scales: "{text(scales)}", data: "{text(np.round(rows / scales).astype("i1"))}" }},')
    lines += ['  },', '};', '']
    open(target, 'w').write('\n'.join(lines))


if __name__ == '__main__':
    check_words(__doc__, 3, 3)
    main(*sys.argv[1:])

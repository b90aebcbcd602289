"""Pack trained weights for the tracker. usage: pack.py NET.npz ../../packages/audio/src/rhythm/activation/weights-first.ts NAME-OF-THE-CONSTANT"""
import base64, sys
import numpy as np
from network import DILATIONS
from words import check_words


def main(source, target, constant):
    lines = ['// Made by scripts/train-beats/pack.py: do not edit, train again instead.', '/** Weights of a network in net.ts. */',
             f'export const {constant} = {{', '  centre: 1,', f'  dilations: {DILATIONS},', '  tensors: {']
    for name, value in np.load(source).items():
        scale = max(float(np.abs(value).max()), 1e-9) / 32767
        data = base64.b64encode(np.round(value / scale).astype('<i2').tobytes()).decode()
        lines.append(f'    {name}: {{ scale: {scale:.8g}, data: "{data}" }},')
    lines += ['  },', '};', '']
    open(target, 'w').write('\n'.join(lines))


if __name__ == '__main__':
    check_words(__doc__, 3, 3)
    main(*sys.argv[1:])

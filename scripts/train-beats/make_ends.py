"""Write music that another sound follows (KIND-TAKE.pcm), and the sound alone (in FOLDER/alone), as make_songs.py writes songs; needs
espeak-ng. usage: make_ends.py FOLDER SONGS TAKES SEED

SONGS: a folder of make_songs.py. Labels (.json): kind, and music, the second at which the music ends (0: there is none).
The sound is within 3 dB of the music, or up to 20 dB below it. What is there already is left as it is."""
import json
import sys
from pathlib import Path
import numpy as np
import sounds_held
import sounds_noise
import sounds_voice
from sounds import SR
from words import check_words

KINDS = {**sounds_voice.KINDS, **sounds_noise.KINDS, **sounds_held.KINDS}
MUSIC, OTHER = 14, 12
"""Seconds of the music and of the sound."""
AS_LOUD, QUIETER = (-3, 3), (-20, -3)
"""Level of the sound relative to the music, dB: of every other take."""


def level(x):
    return x / (np.sqrt(np.mean(x ** 2)) + 1e-9) * .12


def write(path, x, labels):
    (x / max(1, np.abs(x).max() / .98) * 32767).astype('<i2').tofile(path.with_suffix('.pcm'))
    path.with_suffix('.json').write_text(json.dumps(labels))


def main(folder, songs, takes, seed):
    alone = folder / 'alone'
    alone.mkdir(parents=True, exist_ok=True)
    music = [p.with_suffix('.pcm') for p in sorted(songs.glob('????.json')) if json.loads(p.read_text())['style'] != 'none']
    for k, (kind, make) in enumerate(KINDS.items()):
        for take in range(takes):
            name = f'{kind}-{take}'
            if (alone / f'{name}.json').exists():
                continue
            rng = np.random.default_rng([seed, k, take])
            before = np.fromfile(music[rng.integers(len(music))], '<i2')[int(rng.uniform(6, 18) * SR):][:MUSIC * SR] / 32768
            sound = level(make(rng, OTHER)) * 10 ** (rng.uniform(*(QUIETER if take % 2 else AS_LOUD)) / 20)
            write(folder / name, np.concatenate([level(before), sound]), dict(kind=kind, music=MUSIC))
            write(alone / name, np.concatenate([np.zeros(SR // 2), sound]), dict(kind=kind, music=0))


if __name__ == '__main__':
    check_words(__doc__, 4, 4, numbers=(3, 4))
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))

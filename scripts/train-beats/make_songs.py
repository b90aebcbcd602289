"""Write songs as 16-bit mono samples (k.pcm) with their labels (k.json). usage: make_songs.py FOLDER CLIPS SEED [SHARE]

SHARE: how many of them are from metres.py, 0 without; "world" gives clips of world/clips.py.

Songs that are there already are left as they are."""
import json
import sys
from pathlib import Path
import numpy as np
from songs import clip, favour_metres
from words import check_words

SECONDS = 40


def main(folder, clips, seed, clip=clip):
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(clips):
        labels_path = folder / f'{k:04d}.json'
        if labels_path.exists():
            continue
        x, beats, downs, style = clip(np.random.default_rng([seed, k]), SECONDS)
        x = x / max(1, np.abs(x).max())
        (x * 32767).astype('<i2').tofile(folder / f'{k:04d}.pcm')
        labels = dict(beats=beats.tolist(), downs=downs.tolist(), style=str(style))
        labels_path.write_text(json.dumps(labels))


if __name__ == '__main__':
    check_words(__doc__, 3, 4, numbers=(2, 3))
    if sys.argv[4:] == ['world']:
        from world.clips import clip
    elif sys.argv[4:]:
        favour_metres(float(sys.argv[4]))
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), clip)

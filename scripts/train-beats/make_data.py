"""Make training clips: features and labels, no audio kept. usage: make_data.py OUT.npz CLIPS [SEED [STYLE…]]

The STYLE "world" gives clips of world/clips.py, which needs the sound fonts named in world/fonts.py."""
import sys
import numpy as np
from features import BANDS, log_bands
from songs import clip, favour
from words import check_words

SECONDS, RATE = 30, 100


def main(path, clips, seed, clip=clip):
    frames = SECONDS * RATE
    features = np.zeros((clips, frames, BANDS), np.float16)
    beats, downs, styles = [], [], []
    for k in range(clips):
        x, b, d, style = clip(np.random.default_rng([seed, k]), SECONDS)
        f = log_bands(x)
        features[k, :len(f)] = f[:frames]
        beats.append(b); downs.append(d); styles.append(style)
        if k % 100 == 99:
            print(k + 1, flush=True)
    pack = lambda lists: (np.concatenate(lists).astype(np.float32), np.array([len(v) for v in lists]))
    (bt, bn), (dt, dn) = pack(beats), pack(downs)
    np.savez(path, features=features, beats=bt, beats_n=bn, downs=dt, downs_n=dn, styles=np.array(styles))


if __name__ == '__main__':
    check_words(__doc__, 2, numbers=(2, 3))
    if sys.argv[4:] == ['world']:
        from world.clips import clip
    elif sys.argv[4:]:
        favour(sys.argv[4:])
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1, clip)

"""Beats as packages/audio/src/rhythm/bar describes them, from stored features. Change both or neither."""
import numpy as np
from bar_filter import NAMES, REPEATS, centred_rows

# As in beat-features.ts, beat-repeats.ts, beat-follower.ts and net.ts.
KICK, BASS, ENTRY, CHORD, BEFORE, ATTACK, SHORTEST, BAR = (0, 2), (0, 5), (0, 6), (3, 17), 3, 9, 4, 4
NEAREST, FARTHEST, REACH, DELAY = 2, 8, 4, 6


def attack(frames, at, end):
    return np.maximum(0, frames[at:min(at + ATTACK, end)].max(0) - frames[at - BEFORE:at].mean(0))


def moved(means, band, count, before):
    new, old = np.mean([m[slice(*band)] for m in means[-count:]], 0), np.mean([m[slice(*band)] for m in means[-count - before:-count]], 0)
    return np.sqrt(((new - old) ** 2).sum())


def described(bands, downbeat, times):
    """bands (frames, BANDS), downbeat activation (frames), times of beats, s -> for each beat but the last its halves (see beat-features.ts) and its row of the table (see bar_filter.py)."""
    frames = np.concatenate([np.zeros((BEFORE + 1, bands.shape[1]), bands.dtype), bands])
    ones = np.round(times * 100).astype(int) + BEFORE + 1
    everywhere = (0, bands.shape[1])
    halves, rows, means, shapes = [], [], [], []
    for at, end in zip(ones, ones[1:]):
        end = max(end, at + SHORTEST)
        middle = at + (end - at) // 2
        start = attack(frames, at, end)
        halves.append(np.concatenate([frames[at:middle].mean(0), frames[middle:end].mean(0), start, attack(frames, middle, end)]))
        means.append(frames[at:end].mean(0))
        shapes.append(np.concatenate([means[-1], start]))
        n, peak = len(means), at - BEFORE - 1 + DELAY
        values = [downbeat[max(0, peak - REACH):peak + REACH + 1].max(initial=0), start[slice(*KICK)].mean(), moved(means, CHORD, 1, 1) if n > 1 else 0,
                  moved(means, BASS, 1, 1) if n > 1 else 0, means[-1].mean(), moved(means, ENTRY, 1, BAR) if n > BAR else 0, moved(means, everywhere, 2, 2) if n >= BAR else 0]
        repeats = np.zeros(REPEATS)
        if n > FARTHEST:
            far = np.array([np.sqrt(((shapes[-1] - shapes[-1 - ago]) ** 2).sum()) for ago in range(NEAREST, FARTHEST + 1)])
            repeats = np.minimum(1, far / far.mean() - 1) if far.mean() > 0 else repeats
        rows.append(np.concatenate([values, repeats]))
    return np.array(halves).reshape(-1, 4 * bands.shape[1]), np.array(rows).reshape(-1, len(NAMES) + REPEATS)


def inputs(halves, rows):
    """What the network gets for each beat: the halves, and the row as the table weighs it."""
    return np.concatenate([halves - 1, centred_rows(rows)], 1).astype(np.float32)

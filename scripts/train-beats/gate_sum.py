"""The sum of packages/audio/src/rhythm/trust/ending.ts over stored inputs. Change both or neither."""
import numpy as np

SAME_HEIGHT, SAME_ODDS, PLAIN, MOST = -.2, 4, (7, 5.4, 2.7), 8
STILL_FLUX, LEFT_SECONDS, RATE = .035, 2, 100
LEAST, END, BACK, START, MUSIC = -2.5, -2, -1, 1, 1.5
LEAST_FLUX = .01
"""Added before the logarithm of the flux (ending-measures.ts)."""


def odds_of(clip, weights):
    share, relative, flux = clip.inputs[:, 0], clip.inputs[:, 1], np.exp(clip.inputs[:, 3]) - LEAST_FLUX
    odds = np.clip(weights[0] + clip.inputs @ weights[1:], -MOST, MOST)
    odds[(relative > SAME_HEIGHT) | (PLAIN[0] + PLAIN[1] * clip.height + PLAIN[2] * share > 0)] = SAME_ODDS
    return odds, flux < STILL_FLUX


def ended(clip, weights):
    """In which frames music has ended."""
    total, left, now, out = START, 0, False, np.zeros(len(clip.inputs), bool)
    for k, (odds, still) in enumerate(zip(*odds_of(clip, weights))):
        if not still:
            left = 0
        elif odds > SAME_ODDS / 2:
            left += 1 / RATE
        if odds > 0 or left < LEFT_SECONDS:
            total = min(MUSIC, max(LEAST, total + odds / RATE))
        now = total < (BACK if now else END)
        out[k] = now
    return out

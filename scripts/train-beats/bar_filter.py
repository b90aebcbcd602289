"""The filter and the count of packages/audio/src/rhythm/bar, over stored inputs. Change both or neither."""
import numpy as np

NAMES = ['downbeat', 'kick', 'chord', 'bass', 'level', 'entry', 'turn']
REPEATS = 7
INPUTS = len(NAMES) + REPEATS
# As in bar-states.ts.
SHARES = {2: .04, 3: .1, 4: .83, 5: .01, 6: .01, 7: .01}
# As in bar-evidence.ts.
MEMORY, FEWEST, MOST, USUAL = 48, 3, 4, .25
# As in bar-filter.ts and bar-counter.ts.
JUMP, FADE, MARGIN, USUAL_METRE, RARE_METRE, NEAR, DROP = .0065, .989, 3, 4, 300, .2, np.array([.8, .03, .14, .03])

METRE = np.array([m for m in SHARES for _ in range(m)])
PLACE = np.array([p for m in SHARES for p in range(m)])
PRIOR = np.array([SHARES[m] / m for m in METRE])
STATES = len(METRE)
START = int(np.nonzero(METRE == 4)[0][0])
FIRST = np.array([np.nonzero(METRE == m)[0][0] for m in METRE])
AFTER = np.array([FIRST + (PLACE + k) % METRE for k in range(9)])
"""AFTER[k][state]: the state k beats later."""
BEFORE = np.array([FIRST + (PLACE - k) % METRE for k in range(9)])


def state_of(place, metre):
    return FIRST[np.searchsorted(METRE, np.clip(metre, 2, 7))] + np.clip(place, 0, np.clip(metre, 2, 7) - 1)


def centred(song):
    """The rows as bar-evidence.ts weighs them: the downbeat less a quarter, the next less their running means, the repeats as they are."""
    out = np.zeros_like(song.rows)
    own = slice(1, len(NAMES))
    mean, count = np.zeros(len(NAMES) - 1), 0
    for k, row in enumerate(song.rows):
        if song.start[k]:
            mean[:], count = 0, 0
            continue
        count += 1
        mean = mean + max(1 / MEMORY, 1 / count) * (row[own] - mean)
        out[k, 0] = row[0] - USUAL
        if count >= FEWEST:
            out[k, own] = np.clip(row[own] - mean, -MOST, MOST)
        out[k, len(NAMES):] = row[len(NAMES):]
    return out


def replay(song, weights, wrong=None):
    """Places (0..) and metres of each beat. weights: (INPUTS, STATES). wrong: (beat, turn): there the filter is sure of a place so many beats off."""
    evidence = centred(song) @ weights
    belief, state, k, states = PRIOR.copy(), START, 0, []

    def settled(margin):
        best = int(belief.argmax())
        needed = margin if METRE[best] == METRE[state] else max(margin, USUAL_METRE if METRE[best] == 4 else RARE_METRE)
        return best if belief[best] > needed * belief[state] else state

    for event in song.events:
        if event['kind'] == 'reset':
            belief, state = PRIOR.copy(), START
        elif event['kind'] == 'drop':
            near = int(np.floor(event['phase'] + .5))
            if abs(event['phase'] - near) <= NEAR:
                belief = belief * DROP[np.minimum(3, PLACE[AFTER[near]])]
                belief /= belief.sum()
                state = settled(1)
        else:
            if not song.start[k]:
                posterior = belief ** FADE * PRIOR ** (1 - FADE) * np.exp(evidence[k])
                belief = ((1 - JUMP) * posterior / posterior.sum() + JUMP * PRIOR)[BEFORE[song.step[k]]]
                state = AFTER[song.step[k]][state]
                state = settled(MARGIN)
            if wrong is not None and wrong[0] == k:
                state = AFTER[wrong[1] % METRE[state]][state]
                belief = np.full(STATES, .03 / STATES)
                belief[state] += .97
            states.append(state)
            k += 1
    return PLACE[states], METRE[states]

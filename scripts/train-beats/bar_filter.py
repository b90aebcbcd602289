"""The filter and the count of packages/audio/src/rhythm/bar, over stored inputs. Change both or neither."""
import numpy as np

NAMES = ['downbeat', 'kick', 'chord', 'bass', 'level', 'entry', 'turn']
REPEATS = 7
INPUTS = len(NAMES) + REPEATS
# As in bar-states.ts.
SHARES = {2: .04, 3: .1, 4: .83, 5: .01, 6: .01, 7: .01}
# As in beat-inputs.ts.
MEMORY, FEWEST, MOST, USUAL = 48, 3, 4, .25
# As in bar-filter.ts and bar-counter.ts.
JUMP, FADE, MARGIN, USUAL_METRE, RARE_METRE, NEAR, DROP = .0065, .989, 3, 4, 300, .2, np.array([.8, .03, .14, .03])

# As in bar-net.ts.
LEARNED, MOMENTARY = .02, .5

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
    return centred_rows(song.rows, song.start)


def centred_rows(rows, start=None):
    """The rows as beat-inputs.ts gives them to the table: the downbeat less a quarter, the next less their running means, the repeats as they are. start: where the count begins again."""
    out = np.zeros_like(rows)
    own = slice(1, len(NAMES))
    mean, count = np.zeros(len(NAMES) - 1), 0
    for k, row in enumerate(rows):
        if start is not None and start[k]:
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
    evidence = centred(song) @ weights + LEARNED * song.net
    belief, state, k, states, heard = PRIOR.copy(), START, 0, [], np.ones(STATES)

    def settled(margin):
        both = belief * heard
        best = int(both.argmax())
        needed = margin if METRE[best] == METRE[state] else max(margin, USUAL_METRE if METRE[best] == 4 else RARE_METRE)
        return best if both[best] > needed * both[state] else state

    for event in song.events:
        if event['kind'] == 'reset':
            belief, state, heard = PRIOR.copy(), START, np.ones(STATES)
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
                heard = np.exp(MOMENTARY * song.net[k])[BEFORE[song.step[k]]]
                state = AFTER[song.step[k]][state]
                state = settled(MARGIN)
            if wrong is not None and wrong[0] == k:
                state = AFTER[wrong[1] % METRE[state]][state]
                belief = np.full(STATES, .03 / STATES)
                belief[state] += .97
            states.append(state)
            k += 1
    return PLACE[states], METRE[states]

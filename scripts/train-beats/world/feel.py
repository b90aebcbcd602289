"""Time as people keep it: tempo curves, swing, push and drag of each layer, jitter."""
import numpy as np


def tempo_curve(rng, bpm, beats, free):
    """Seconds of every beat; `free`: without a click (ballads, folk)."""
    track = np.full(beats, float(bpm))
    kind = rng.random()
    if kind < .3 or free:
        drift = np.zeros(beats)
        for k in range(1, beats):
            drift[k] = .96 * drift[k - 1] + rng.normal(0, .006 if free else .0035)
        track *= np.exp(drift)
    elif kind < .37:
        track *= np.linspace(1, rng.uniform(.85, 1.18), beats)
    elif kind < .42:
        track[rng.integers(8, max(9, beats)):] *= rng.uniform(.78, 1.3)
    if free and rng.random() < .4:
        every = 8 * int(rng.integers(1, 4))
        for end in range(every, beats, every):
            track[end - 2:end] *= rng.uniform(.85, .98)
    return np.concatenate([[0], np.cumsum(60 / track)])


class Feel:
    """Seconds of a place in beats for each layer."""

    def __init__(self, rng, at, steps, swing):
        self.rng, self.at, self.steps = rng, at, steps
        self.swing = rng.uniform(*swing) if rng.random() < .75 else 0
        self.level = 2 if steps == 4 and rng.random() < .25 else steps
        self.late = {}
        self.jitter = rng.choice([0, .002, .004, .007, .011])
        self.loose = rng.choice([0, .5, 1, 1.5])

    def time(self, layer, beat):
        if layer not in self.late:
            spread = .004 if layer in ('kit', 'tops') else .012
            self.late[layer] = float(np.clip(self.rng.normal(0, spread), -.022, .022)) * self.loose
        grid = beat * self.level
        k = round(grid)
        if self.swing and self.steps != 3 and abs(grid - k) < 1e-6 and k % 2 == 1:
            beat += self.swing / self.level
        i = int(np.clip(np.floor(beat), 0, len(self.at) - 2))
        t = self.at[i] + (beat - i) * (self.at[i + 1] - self.at[i])
        return t + self.late[layer] + (self.rng.normal(0, self.jitter) if self.jitter else 0)

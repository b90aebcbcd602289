"""Hands, water, air and machines: each takes (rng, seconds) and gives samples."""
import numpy as np
from sounds import SR
from sound_parts import coloured, filtered, room, scattered, times, tone, unit_power, wander


def one_clap(rng):
    n = int(SR * .03)
    centre = rng.uniform(900, 2500)
    x = rng.standard_normal(n) * np.exp(-times(n) / rng.uniform(.003, .008))
    return filtered(x, centre * .5, centre * 2.2)


def applause(rng, seconds):
    x = scattered(rng, seconds, rng.uniform(50, 300), one_clap)
    return room(rng, x, rng.uniform(.2, 1)) * (1 + .2 * wander(rng, len(x), .5))


def hands(rng, seconds):
    """A few people, each with an own pace of 2.5 to 5 claps a second."""
    n = int(seconds * SR)
    out = np.zeros(n + SR)
    for _ in range(rng.integers(4, 14)):
        clap, t, period, gain = one_clap(rng), rng.uniform(0, .3), 1 / rng.uniform(2.5, 5), rng.uniform(.3, 1)
        while t < seconds:
            out[int(t * SR):][:len(clap)] += clap * gain * rng.uniform(.7, 1.3)
            t += max(.02, period * (1 + .08 * rng.standard_normal()))
    return room(rng, out[:n], rng.uniform(.2, .8))


def cheer(rng, seconds):
    """Applause with whistles."""
    n = int(seconds * SR)
    whistles = np.zeros(n)
    for _ in range(int(seconds * 1.5)):
        length = int(rng.uniform(.3, 1.2) * SR)
        at = rng.integers(0, n - length)
        hz = rng.uniform(700, 1100) * (1 + .3 * np.sin(np.linspace(0, np.pi, length)))
        whistles[at:at + length] += np.sin(2 * np.pi * np.cumsum(hz) / SR) * np.hanning(length) * rng.uniform(.2, 1.5)
    return unit_power(applause(rng, seconds)) + whistles


def rain(rng, seconds):
    drop = lambda rng: np.sin(2 * np.pi * rng.uniform(1500, 6000) * times(400)) * np.exp(-np.arange(400) / 80)
    fall = unit_power(coloured(rng, int(seconds * SR), -2))
    return fall + rng.uniform(.5, 4) * scattered(rng, seconds, rng.uniform(20, 300), drop)


def vinyl(rng, seconds):
    """Crackle, and a scratch once a turn."""
    crackle = lambda rng: rng.standard_normal(60) * np.exp(-np.arange(60) / 12)
    x = .2 * scattered(rng, seconds, rng.uniform(10, 80), crackle, 1)
    turn = 60 / [100 / 3, 45][rng.integers(2)]
    scratch = 2 * rng.standard_normal(300) * np.exp(-np.arange(300) / 60)
    for t in np.arange(rng.uniform(0, turn), seconds - .1, turn):
        x[int(t * SR):][:300] += scratch
    return x + .05 * unit_power(coloured(rng, len(x), -9))


def brown(rng, seconds):
    return coloured(rng, int(seconds * SR), -6)


def wind(rng, seconds):
    x = coloured(rng, int(seconds * SR), -7)
    return x * np.exp(.6 * wander(rng, len(x), .5))


def waves(rng, seconds):
    x = coloured(rng, int(seconds * SR), -3)
    return x * (.25 + (.5 + .5 * np.sin(2 * np.pi * times(len(x)) / rng.uniform(4, 9))) ** 2)


def motor(rng, seconds):
    n = int(seconds * SR)
    hum = tone(rng.uniform(40, 110), 1 / np.arange(1, 20) ** .7, rng.uniform(0, 6, 19), n, 1 + .05 * wander(rng, n, .4))
    return hum + .4 * rng.standard_normal(n)


def siren(rng, seconds):
    t = times(int(seconds * SR))
    period = rng.uniform(.6, 6)
    sweep = .5 + .5 * np.sin(2 * np.pi * t / period) if rng.random() < .6 else (t / period % 1 > .5).astype(float)
    phase = 2 * np.pi * np.cumsum(rng.uniform(400, 700) * (1 + rng.uniform(.3, 1.2) * sweep)) / SR
    return np.sin(phase) + .4 * np.sin(2 * phase) + .3 * np.sin(3 * phase)


KINDS = dict(applause=applause, hands=hands, cheer=cheer, rain=rain, vinyl=vinyl, brown=brown, wind=wind, waves=waves, motor=motor, siren=siren)

"""Clips of songs of this package for training: samples, beats, downbeats, name of the style, as clip() of songs.py gives them."""
import numpy as np
import songs as old
import sounds_held
import sounds_noise
from metres import METRES
from .fonts import SR
from .mixing import filtered, old_medium, pitch_ride, pumped
from .song import Song, fonts
from .families import ALL, CHOIR, PADS, STRINGS

SOUNDS = [*sounds_noise.KINDS.values(), *sounds_held.KINDS.values()]


def finish(rng, x):
    if rng.random() < .35:
        x = pumped(rng, x)
    if rng.random() < .2:
        x = old_medium(rng, x)
    return old.master(rng, x, .3)


def played(rng, seconds, bpm=None):
    """Mix before the master, beats, downbeats, style; begins anywhere in the first bars."""
    if bpm is None and rng.random() < .1:
        song = old.Song(rng, seconds + 5, rng.choice(list(METRES)))
    else:
        song = Song(rng, seconds + 5, bpm)
    x = song.play()
    start = rng.uniform(0, 4.5)
    a = int(start * SR)
    within = lambda t: t[(t >= start - 1e-9) & (t < start + seconds)] - start
    return x[a:a + int(seconds * SR)], within(song.at), within(song.at[::song.metre]), song.style


def nothing(rng, seconds):
    """Held chords of a font, or other sounds: nothing to tap to."""
    if rng.random() < .5:
        return np.asarray(SOUNDS[rng.integers(len(SOUNDS))](rng, seconds), np.float32)[:int(seconds * SR)], 'sound'
    x, t = np.zeros(int((seconds + 6) * SR), np.float32), 0.
    program, font = int(rng.choice(STRINGS + PADS + CHOIR)), int(rng.integers(2))
    while t < seconds:
        length, root = rng.uniform(2, 5), int(rng.integers(40, 60))
        for tone in rng.choice([0, 3, 4, 7, 10, 12, 16], 3, replace=False):
            note = fonts().note(font, 0, program, root + int(tone), .5, 5).astype(np.float32)
            edge = int(SR * 1.2)
            note[:edge] *= np.linspace(0, 1, edge)
            note[-edge:] *= np.linspace(1, 0, edge)
            x[int(t * SR):int(t * SR) + len(note)] += note
        t += length - 1
    return x[:int(seconds * SR)], 'held'


def crossfade(rng, seconds):
    """Two songs at one tempo, beat on beat, one over the other; the pitch is ridden in some."""
    long = seconds * 1.12
    a = Song(rng, long + 5)
    fitting = [k for k, f in enumerate(ALL) if f.metre == a.metre and f.low <= a.bpm <= f.high]
    b = Song(rng, long + 5, a.bpm, int(rng.choice(fitting)))
    a.at[:] = np.arange(len(a.at)) * 60 / a.bpm
    xa, xb = a.play(), b.play()
    beat = 60 / a.bpm
    first, fade = rng.uniform(.25, .6) * long, rng.uniform(2, 10)
    t = np.arange(int(long * SR)) / SR
    share = np.clip((t - first) / fade, 0, 1).astype(np.float32)
    n = len(t)
    loud = lambda x: x[:n] / (np.sqrt(np.mean(x[:n] ** 2)) + 1e-9)
    x = loud(xa) * np.sqrt(1 - share) + loud(xb) * np.sqrt(share)
    beats = np.arange(int(long / beat)) * beat
    downs = np.concatenate([a.at[::a.metre][a.at[::a.metre] < first + fade / 2], b.at[::b.metre][(b.at[::b.metre] >= first + fade / 2) & (b.at[::b.metre] < long)]])
    if rng.random() < .6:
        x, (beats, downs) = pitch_ride(rng, x, (beats, downs))
    x = x[:int(seconds * SR)]
    return x, beats[beats < seconds], downs[downs < seconds], a.style + '~' + b.style


def clip(rng, seconds=30):
    n = int(seconds * SR)
    kind = rng.random()
    if kind < .04:
        x, style = nothing(rng, seconds)
        return old.master(rng, x, .3), np.zeros(0), np.zeros(0), style
    if kind < .1:
        x, beats, downs, style = crossfade(rng, seconds)
        return finish(rng, np.pad(x, (0, max(0, n - len(x))))), beats, downs, style
    if kind < .18:
        cut = rng.uniform(.3, .65) * seconds
        xa, ba, da, sa = played(rng, cut)
        xb, bb, db, sb = played(rng, seconds - cut)
        level = np.sqrt(np.mean(xa ** 2) / (np.mean(xb ** 2) + 1e-9))
        cut = len(xa) / SR
        return finish(rng, np.concatenate([xa, level * xb])), np.concatenate([ba, bb + cut]), np.concatenate([da, db + cut]), sa + '+' + sb
    if kind < .22:
        quiet = rng.uniform(.5, 6)
        x, beats, downs, style = played(rng, seconds - quiet)
        lead = n - len(x)
        return np.concatenate([np.zeros(lead, np.float32), finish(rng, x)]), beats + lead / SR, downs + lead / SR, style
    x, beats, downs, style = played(rng, seconds)
    return finish(rng, x), beats, downs, style

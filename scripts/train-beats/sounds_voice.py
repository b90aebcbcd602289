"""Speech by espeak-ng, and crowds: each takes (rng, seconds) and gives samples."""
import io
import subprocess
import wave
import numpy as np
from sounds import SR
from sound_parts import coloured, filtered, room, tone, unit_power

ENGLISH = """please note that the next train leaves from platform seven today because of work on the line all doors close ten minutes before
departure ladies and gentlemen welcome to our show this evening we would like to thank everybody who came from far away the kitchen is open
until nine and there are still some seats left near the window remember to take your belongings with you when you leave""".split()
GERMAN = """bitte beachten sie dass der naechste zug heute von gleis sieben faehrt wegen bauarbeiten sind alle tueren zehn minuten vor der
abfahrt geschlossen meine damen und herren herzlich willkommen zu unserem abend vielen dank""".split()
VOICES = ['en-us', 'en-gb', 'de', 'fr-fr', 'es', 'it', 'en-us+f3', 'en-gb+f2', 'de+m4']


def spoken(options, text):
    with wave.open(io.BytesIO(subprocess.run(['espeak-ng', *options, '--stdout', text], capture_output=True, check=True).stdout)) as file:
        raw, rate = file.readframes(1 << 24), file.getframerate()
    x = np.frombuffer(raw, '<i2') / 32768
    return np.interp(np.arange(int(len(x) * SR / rate)) * rate / SR, np.arange(len(x)), x)


def speech(rng, seconds):
    """One voice, sentences of random words with short pauses."""
    voice = VOICES[rng.integers(len(VOICES))]
    options = ['-v', voice, '-s', str(rng.integers(120, 200)), '-p', str(rng.integers(25, 75))]
    words = GERMAN if voice.startswith('de') else ENGLISH
    out, n = [], 0
    while n < seconds * SR:
        first = rng.integers(len(words))
        out += [spoken(options, ' '.join((words[first:] + words)[:rng.integers(4, 14)]) + '.'), np.zeros(int(rng.uniform(.02, .6) * SR))]
        n += len(out[-2]) + len(out[-1])
    return np.concatenate(out)[:int(seconds * SR)]


def together(rng, voices, seconds):
    return sum(np.roll(speech(rng, seconds), rng.integers(0, int(seconds * SR))) * rng.uniform(.3, 1) for _ in range(voices))


def babble(rng, seconds):
    return together(rng, rng.integers(3, 7), seconds)


def crowd(rng, seconds):
    x = together(rng, 8, seconds)
    x = room(rng, sum(np.roll(x, rng.integers(0, len(x))) for _ in range(4)), 1)
    return unit_power(x) + rng.uniform(.2, 1) * unit_power(coloured(rng, len(x), -4))


def hall(rng, seconds):
    """Speech in a room with a hum."""
    x = unit_power(room(rng, unit_power(speech(rng, seconds)), rng.uniform(.4, 1.5)))
    return x + 10 ** (-rng.uniform(15, 30) / 20) * unit_power(coloured(rng, len(x), -6))


def laughter(rng, seconds):
    out = np.zeros(int(seconds * SR))
    for _ in range(rng.integers(3, 7)):
        t = rng.uniform(0, 1)
        while t < seconds - 1:
            hz, pace = rng.uniform(150, 400), rng.uniform(.16, .24)
            for _ in range(rng.integers(4, 9)):
                at, n = int(t * SR), int(pace * .6 * SR)
                if at + n >= len(out):
                    break
                out[at:at + n] += (tone(hz, 1 / np.arange(1, 10), np.zeros(9), n) + .5 * rng.standard_normal(n)) * np.hanning(n)
                hz, t = hz * .95, t + pace * (1 + .07 * rng.standard_normal())
            t += rng.uniform(.3, 2.5)
    return filtered(out, 200, 6000)


KINDS = dict(speech=speech, babble=babble, crowd=crowd, hall=hall, laughter=laughter)

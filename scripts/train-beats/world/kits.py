"""Letters of the drums in families.py, and kits to play them."""
import numpy as np
import sounds
from .fonts import DRUM_BANK, GENERAL

KEYS = dict(k=36, s=38, z=38, x=37, C=39, h=42, p=44, o=46, r=51, b=53, c=49, t=48, m=45, f=41, T=54, w=56, v=75, q=62, Q=63, l=64, B=60, d=61,
            g=67, G=68, W=76, S=70, a=69, u=41, U=43, i=73, e=80, E=81, j=65, J=66, K=85)
"""kick, snare, ghost note, rim, clap, hat closed, by foot, open, ride, bell, crash, toms, tambourine, cowbell, claves, congas (muted, high, low),
bongos, agogo, wood block, maracas, cabasa, surdo, guiro, triangle, timbales, castanets."""
LEVEL = dict(z=.35, h=.6, p=.6, o=.6, r=.6, b=.6, T=.5, S=.45, a=.45, W=.6, e=.5, E=.5, c=.8)
"""Velocity beside that of the other drums."""
KIT, TOPS = 'kszCtmfxuU', 'horpbTSaceEK'
"""The kit and what keeps time above it; the other letters are percussion."""
PROGRAMS = [0, 0, 0, 8, 8, 16, 16, 24, 25, 32, 40]
"""Standard, room, power, electronic, 808, jazz, brushes."""
SYNTH = dict(k=sounds.kick, s=sounds.snare, z=sounds.snare, C=sounds.clap, h=sounds.hat, p=sounds.hat, o=sounds.open_hat, r=sounds.ride, b=sounds.ride,
             c=sounds.crash, t=sounds.tom, m=sounds.tom, f=sounds.tom, u=sounds.tom, U=sounds.tom, S=sounds.shaker, a=sounds.shaker)


class Kit:
    """Drums of one song: a kit of a font, or of synthesised sounds where `sounds` has them."""

    def __init__(self, rng, fonts, machine):
        self.rng, self.fonts, self.machine = rng, fonts, rng.random() < machine
        own = rng.random() < .3
        self.font = int(rng.integers(2, 4)) if own else int(rng.integers(len(GENERAL)))
        self.program = int(rng.choice(PROGRAMS)) if not own else 0
        self.percussion = int(rng.integers(len(GENERAL)))
        self.made = {}
        self.turn = rng.uniform(-2, 2) if rng.random() < .4 else 0
        self.gains = {letter: 10 ** (rng.normal(0, 2.5) / 20) for letter in KEYS}

    def hit(self, letter, velocity):
        velocity = velocity * LEVEL.get(letter, 1)
        if self.machine and letter in SYNTH:
            if letter not in self.made:
                self.made[letter] = SYNTH[letter](self.rng).astype(np.float32) * .4
            return self.made[letter], velocity * self.gains[letter]
        general = letter in KIT + TOPS
        font = self.font if general else self.percussion
        x = self.fonts.note(font, DRUM_BANK, self.program if general else 0, KEYS[letter], min(velocity, .99), 2.4 if letter in 'co' else .7)
        return x, self.gains[letter]

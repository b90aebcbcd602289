"""What each family of music plays. A bar is written step by step, a space between felt beats; a digit is the chance of a hit in ninths, drawn once
for each song. Tonal rows begin with how they are played: see parts.py."""
from collections import namedtuple

Family = namedtuple('Family', 'weight low high metre steps swing drums bass comp voices leads free')
PIANO, ELECTRIC, ORGAN, SQUEEZE, NYLON, STEEL, JAZZ, CLEAN, MUTE, DRIVE = [0, 1, 2], [4, 5, 6, 7], [16, 17, 18, 19], [21, 22, 23], [24], [25], [26], [27], [28], [29, 30]
STRINGS, CHOIR, BRASS, REEDS, PIPES, LEADS, PADS, MALLETS = [44, 45, 48, 49, 50], [52, 53, 54], [56, 57, 60, 61, 62], [64, 65, 66, 67, 71], [72, 73, 74, 75], list(range(80, 88)), list(range(88, 96)), [8, 9, 11, 12, 13]
PLUCKED = [104, 105, 106, 107, 46, 15]
UPRIGHT, FINGER, PICK, SLAP, SYNTHBASS, TUBA = [32], [33, 35], [34], [36, 37], [38, 39], [58]
ALL = []


def family(weight, low, high, metre, steps, drums, bass, comp, voices, leads, swing=(0, 0), free=0):
    for bars in list(drums.values()) + [[row.split(':')[1] for row in bass + comp if ':' in row]]:
        for bar in bars:
            assert len(bar.replace(' ', '')) == metre * steps, bar
    rows = {name: [bar.replace(' ', '') for bar in bars] for name, bars in drums.items()}
    ALL.append(Family(weight, low, high, metre, steps, swing, rows, bass, comp, voices, leads, free))


Q = '9000 9000 9000 9000'
EIGHTHS, SIXTEENTHS, OFF = '9090 9090 9090 9090', '9999 9999 9999 9999', '0090 0090 0090 0090'
BACK, NONE, ONE = '0000 9000 0000 9000', '0000 0000 0000 0000', '9000 0000 0000 0000'

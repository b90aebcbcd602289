"""Rock, pop, funk, dance and their relatives: four beats."""
from .families import *

# Rock, with the guitars on, between and across the beats.
family(6, 92, 168, 4, 4, dict(k=['9000 0000 9000 0000', '9010 0010 9010 0010', '9000 0090 9000 0000', '9090 0000 9090 0000', '9000 0020 9020 0010'],
       s=[BACK], z=[NONE, '0001 0010 0101 0001'], h=[EIGHTHS, Q, EIGHTHS, NONE], r=[NONE, NONE, EIGHTHS], c=[NONE, NONE, Q, '9000 0000 0000 0000']),
       ['root:' + EIGHTHS, 'root:' + Q, 'follow', 'draw'], ['power:9000 0090 0000 0000', 'power:9000 0000 9000 0000', 'chug:' + EIGHTHS, 'strum:9090 9090 9090 9090', 'draw'],
       [DRIVE, DRIVE, CLEAN, STEEL, ORGAN], [DRIVE, ORGAN, STRINGS, PIANO])
# Distorted guitars on the off-beats, the drums plain.
family(5, 100, 178, 4, 4, dict(k=['9000 0000 9000 0000', '9000 9000 9000 9000', '9000 0000 9020 0000'], s=[BACK, BACK, NONE], h=[EIGHTHS, Q, OFF], o=[NONE, NONE, OFF], c=[NONE, ONE]),
       ['root:' + EIGHTHS, 'root:' + Q, 'fifth:9000 0000 9000 0000', 'root:' + OFF], ['power:' + OFF, 'stab:' + OFF, 'power:0090 0090 0000 0090', 'power:0000 0090 0000 0090', 'chug:0099 0099 0099 0099', 'stab:0090 0000 0090 0000'],
       [DRIVE, DRIVE, CLEAN, BRASS, LEADS], [DRIVE, BRASS, LEADS, ORGAN])
# Punk: fast, the beat carried by two and four.
family(4, 140, 192, 4, 4, dict(k=['9000 0000 9000 0000', '9000 0000 9090 0000', '9000 0090 9000 0000'], s=[BACK], h=[Q, EIGHTHS, NONE], c=[NONE, Q], r=[NONE, Q]),
       ['root:' + EIGHTHS, 'root:' + Q], ['power:' + EIGHTHS, 'power:9000 9090 9090 9090', 'power:9000 0000 0000 0000', 'chug:' + EIGHTHS, 'power:9000 0090 0000 9000'], [DRIVE], [DRIVE, DRIVE, CHOIR])
# Metal: double kick, gallop, riffs in threes across the bar.
family(6, 96, 192, 4, 4, dict(k=[SIXTEENTHS, EIGHTHS, '9099 9099 9099 9099', '9009 0090 0900 9009', '9000 0090 9000 0090', '9099 0000 9099 0000'], s=[BACK], h=[Q, NONE],
       r=[NONE, Q, EIGHTHS], b=[NONE, Q], c=[NONE, Q, '9000 0000 9000 0000']),
       ['follow', 'root:9099 9099 9099 9099', 'root:' + EIGHTHS], ['chug:9099 9099 9099 9099', 'chug:9990 9990 9990 9990', 'chug:9009 0090 0900 9009', 'chug:' + SIXTEENTHS, 'riff', 'power:0090 0900 9000 0000', 'power:9000 0090 0000 0000', 'draw'],
       [DRIVE], [DRIVE, DRIVE, STRINGS])
# Pop and disco.
family(5, 84, 136, 4, 4, dict(k=['9000 0000 9000 0000', '9000 0020 9020 0000', Q, '9000 0090 0090 0000'], s=[BACK, BACK, NONE], C=[NONE, BACK], x=[NONE, NONE, BACK], h=[EIGHTHS, SIXTEENTHS, Q], o=[NONE, OFF], T=[NONE, NONE, BACK], S=[NONE, SIXTEENTHS]),
       ['root:' + EIGHTHS, 'octave:' + EIGHTHS, 'follow', 'draw', 'root:9000 0090 9000 0000'], ['strum:9090 9090 9090 9090', 'stab:' + OFF, 'pad', 'strum:9000 9000 9000 9000', 'arp:' + EIGHTHS, 'stab:9000 0090 0000 9000', 'draw'],
       [PIANO, ELECTRIC, CLEAN, STEEL, PADS, STRINGS], [LEADS, STRINGS, BRASS, MALLETS], (0, .12))
# Ballads: slow, arpeggios and busy hats.
family(5, 54, 92, 4, 4, dict(k=['9000 0000 9000 0000', '9000 0020 9020 0000', NONE, '9000 0000 0090 0000'], s=[BACK, NONE], x=[NONE, BACK], h=[EIGHTHS, SIXTEENTHS, NONE, Q], r=[NONE, EIGHTHS], S=[NONE, SIXTEENTHS]),
       ['root:' + ONE, 'root:9000 0000 9000 0000', 'root:9000 0090 9000 0090'], ['arp:' + EIGHTHS, 'arp:' + SIXTEENTHS, 'strum:9000 9000 9000 9000', 'pad', 'strum:9000 0090 0090 9000', 'alberti:' + EIGHTHS],
       [PIANO, ELECTRIC, NYLON, STEEL, STRINGS, PADS], [PIPES, STRINGS, REEDS, CHOIR, [40, 41, 42]], free=.5)
# Funk: sixteenths, ghost notes, the bass around the beat.
family(7, 84, 126, 4, 4, dict(k=['9010 0040 0090 0020', '9000 0090 0900 0000', '9090 0000 0090 0020', '9002 0020 4090 0100', '9000 0009 0090 0000'], s=[BACK, '0000 9000 0000 9001', '0000 9000 0000 0090', '0009 0000 0000 9000'],
       z=['0001 0201 0301 0202', '0202 0303 0202 0303', NONE], h=[SIXTEENTHS, EIGHTHS, '9999 9999 9990 9099'], o=[NONE, '0000 0000 0000 0090', '0020 0000 0020 0000'], w=[NONE, NONE, Q, EIGHTHS], Q=[NONE, NONE, '0090 0900 0090 0099'], T=[NONE, SIXTEENTHS]),
       ['draw', 'draw', 'octave:9009 0090 0900 9000', 'riff', 'root:9000 0009 0090 0090'], ['stab:0009 0090 0009 0090', 'stab:0090 0900 0090 0900', 'stab:0000 9009 0000 9009', 'chug:' + SIXTEENTHS, 'draw', 'stab:0090 0009 0000 0990'],
       [CLEAN, MUTE, ELECTRIC, ORGAN, [7], BRASS], [BRASS, REEDS, LEADS], (0, .2))
# Soul, motown: snare on every beat, tambourine.
family(2, 96, 150, 4, 4, dict(k=['9000 0000 9000 0000', '9000 0090 9000 0090'], s=[Q, BACK], h=[EIGHTHS, NONE], T=[EIGHTHS, BACK, NONE]), ['walk:' + Q, 'draw', 'riff'], ['stab:' + BACK, 'stab:0090 0000 0090 0000', 'strum:' + Q, 'pad'],
       [PIANO, CLEAN, ORGAN, BRASS], [BRASS, REEDS, STRINGS], (0, .2))
# Hip-hop and trap: the snare on two and four of the labelled beat, hats in doubles and rolls.
family(3, 62, 104, 4, 4, dict(k=['9000 0000 0090 0000', '9001 0002 0090 0001', '9000 0090 9020 0010'], s=[BACK], C=[NONE, BACK], h=[EIGHTHS, SIXTEENTHS, '9090 9099 9090 9999', '9909 9099 9909 9099'], o=[NONE, '0000 0010 0000 0010'], z=[NONE, '0000 0002 0200 0002']),
       ['draw', 'root:9000 0000 0090 0000', 'follow'], ['pad', 'arp:' + EIGHTHS, 'stab:9000 0000 0090 0000', 'draw'], [ELECTRIC, PADS, STRINGS, MALLETS, PIANO], [PIPES, MALLETS, LEADS], (0, .3))
# Drum and bass, jungle, breakbeat: chopped breaks with ghost snares.
for low, high, weight in ((156, 186, 6), (104, 148, 5)):
    family(weight, low, high, 4, 4, dict(k=['9090 0000 0099 0000', '9000 0000 0090 0000', '9000 0009 0090 0000', '9020 0090 0090 0100', '9009 0000 0900 0000'],
           s=['0000 9000 0000 9000', '0000 9000 0900 9009', '0000 9000 0000 0090', '0000 9009 0900 9000', '0000 9009 0000 9009'], z=['0001 0205 0502 0205', '0000 0009 0900 0009', '0202 0003 0302 0003'],
           h=[EIGHTHS, SIXTEENTHS, '9093 9093 9093 9093'], r=[NONE, NONE, EIGHTHS], o=[NONE, '0000 0000 0000 0020'], Q=[NONE, NONE, '0200 2020 0200 2020']),
           ['draw', 'root:' + ONE, 'root:9000 0000 0090 0000', 'none'], ['pad', 'none', 'draw', 'stab:9000 0090 0000 0000', 'arp:' + SIXTEENTHS], [PADS, STRINGS, ELECTRIC, CHOIR, LEADS], [LEADS, MALLETS, PADS], (0, .1))
# House, techno, trance.
family(3, 112, 150, 4, 4, dict(k=[Q, '9000 9000 9000 9002'], C=[BACK, NONE], o=[OFF, NONE], h=[SIXTEENTHS, NONE, EIGHTHS], Q=[NONE, '0200 2020 0200 2020'], S=[NONE, SIXTEENTHS], w=[NONE, NONE, '9009 0090 0900 9000']),
       ['root:' + OFF, 'octave:' + EIGHTHS, 'root:0999 0999 0999 0999', 'draw'], ['stab:0090 0900 0090 0090', 'stab:9009 0090 0900 9000', 'pad', 'arp:' + SIXTEENTHS, 'stab:' + OFF], [PADS, LEADS, PIANO, STRINGS], [LEADS, PIANO])
# Chip and modules: arpeggios, pulse leads, thin or no drums.
family(7, 84, 184, 4, 4, dict(k=['9000 0000 9000 0000', Q, '9000 0090 0090 0000', '9000 0000 0090 0000', NONE], s=[BACK, BACK, NONE, '0000 9000 0000 9001'], h=[OFF, EIGHTHS, SIXTEENTHS, NONE], o=[NONE, OFF], c=[NONE, ONE]),
       ['octave:' + EIGHTHS, 'octave:' + SIXTEENTHS, 'root:' + EIGHTHS, 'draw', 'riff', 'root:0090 0090 0090 0090', 'root:9009 0090 0900 9000'],
       ['arp:' + SIXTEENTHS, 'arp:' + EIGHTHS, 'fast', 'fast', 'draw', 'riff', 'stab:' + OFF, 'pad', 'cross'], [LEADS, LEADS, MALLETS, PLUCKED, STRINGS, CLEAN], [LEADS, LEADS, PIPES, MALLETS])
# Game and film scores: ostinati, timpani, little percussion.
family(5, 60, 168, 4, 4, dict(f=[NONE, Q, '9000 0000 9000 0000', '9000 0090 0090 0000', '9009 0090 0900 9000'], c=[NONE, ONE], s=[NONE, NONE, '9099 9099 9099 9999', BACK], E=[NONE, EIGHTHS]),
       ['root:' + Q, 'root:' + EIGHTHS, 'root:' + ONE, 'riff'], ['arp:' + EIGHTHS, 'stab:' + EIGHTHS, 'stab:' + SIXTEENTHS, 'pad', 'stab:9099 9099 9099 9099', 'stab:' + Q, 'riff', 'arp:' + SIXTEENTHS],
       [STRINGS, [45], BRASS, CHOIR, PIANO, MALLETS, [46]], [BRASS, STRINGS, PIPES, REEDS], free=.3)
# Country, bluegrass, folk: boom and chick.
family(4, 88, 176, 4, 4, dict(k=['9000 0000 9000 0000', NONE, Q], s=[BACK, '0090 0090 0090 0090', '9099 9099 9099 9099', NONE], x=[NONE, BACK], h=[EIGHTHS, NONE, Q], T=[NONE, BACK]),
       ['fifth:9000 0000 9000 0000', 'fifth:9000 0000 9000 0000', 'walk:' + Q], ['stab:' + BACK, 'strum:9000 9090 9000 9090', 'strum:9090 9099 9090 9099', 'arp:' + EIGHTHS, 'stab:0000 9000 0000 9000', 'arp:' + SIXTEENTHS],
       [STEEL, [105], NYLON, PIANO, STEEL, SQUEEZE], [[40, 110], [22], [105], PIPES], free=.2)

"""Latin, Brazilian, Jamaican and other families with their own places for the beat."""
from .families import *

SON = ['9009 0009 0090 9000', '0090 9000 9009 0009']
# Son, salsa, cha-cha, mambo: clave, tumbao, montuno; the bass ahead of the bar.
family(6, 84, 132, 4, 4, dict(v=SON + [NONE], w=[NONE, Q, '9000 9090 9000 9090', '9090 9900 9090 9900'], Q=['0000 0099 0000 0099', '9090 9099 9090 9099'], l=['0000 0000 0000 0090', '0000 0090 0000 0099'], q=[NONE, '0090 9000 0090 9000'],
       j=[NONE, '9099 0990 9909 0990', NONE], i=[NONE, '9000 9090 9000 9090'], S=[EIGHTHS, NONE, SIXTEENTHS], k=[NONE, '0000 0090 0000 0090', '9000 0000 9000 0000'], s=[NONE, NONE, '0000 0000 0000 9000']),
       ['root:0000 0090 0000 9000', 'root:9000 0090 0000 9000', 'fifth:0000 0090 0000 9000', 'fifth:9000 0090 9000 0090'], ['montuno:9099 0990 9909 0990', 'montuno:9090 0909 0909 0909', 'stab:0090 0000 9000 0000', 'stab:9000 0090 0090 9000', 'draw'],
       [PIANO, PIANO, NYLON, BRASS], [BRASS, PIPES, BRASS])
# Bossa nova: straight, soft, the rim where a snare would say half time.
family(6, 104, 160, 4, 2, dict(k=['90 01 90 01', '90 09 90 09', '90 09 90 09', '90 00 00 09'], x=['90 09 00 90', '90 09 00 09', '00 90 90 09', '90 09 00 90', '00 90 00 00'], h=['99 99 99 99', '90 90 90 90', '00 90 00 90'], p=['00 90 00 90', '00 00 00 00'], S=['00 00 00 00', '99 99 99 99'], s=['00 00 00 00', '00 00 00 00', '00 00 90 00']),
       ['fifth:90 09 90 09', 'fifth:90 00 90 00', 'fifth:90 09 00 09'], ['stab:90 09 00 90', 'stab:09 09 00 90', 'stab:09 00 90 09', 'strum:90 09 09 00', 'draw'], [NYLON, NYLON, ELECTRIC, PIANO, JAZZ], [PIPES, REEDS, PIANO, [11]])
# Loud snare once a bar, or on three: half time is written as it is felt at the fast beat.
family(3, 112, 156, 4, 2, dict(k=['90 00 00 00', '90 09 00 00', '90 00 00 09', '90 01 01 01'], s=['00 00 90 00'], h=['99 99 99 99', '90 90 90 90'], r=['00 00 00 00', '90 90 90 90', '99 99 99 99'], W=['00 00 00 00', '90 90 90 90'], v=['00 00 00 00', '90 09 00 90']),
       ['walk:90 90 90 90', 'root:90 90 90 90', 'fifth:90 00 90 00'], ['strum:90 90 90 90', 'stab:09 09 09 09', 'arp:99 99 99 99', 'stab:90 90 90 90'], [PIANO, STEEL, ELECTRIC, NYLON], [REEDS, PIPES, STRINGS])
# Samba, baiao, batucada: the surdo on two, sixteenths that lean.
family(5, 84, 132, 4, 4, dict(u=['0000 9000 0000 9000', '9000 9000 9000 9000'], U=[NONE, '9000 0000 9000 0000'], k=['9009 9009 9009 9009', '9002 9002 9002 9002', NONE], S=[SIXTEENTHS, '9909 9909 9909 9909'], T=['9099 9909 9099 9909', NONE],
       g=['9090 9909 0909 0900', NONE, '9009 0099 0090 9090'], x=['9009 0090 9009 0090', NONE, '0909 0090 9090 0909'], s=[NONE, '9009 9009 9009 9009', '1191 1191 1191 1191'], E=[NONE, '9909 9909 9909 9909']),
       ['fifth:9009 9009 9009 9009', 'fifth:9000 9000 9000 9000', 'root:9009 9000 9009 9000'], ['stab:9009 0090 0909 0090', 'stab:0909 0090 9009 0909', 'strum:9099 9099 9099 9099', 'draw'], [NYLON, [15], PIANO, CLEAN, SQUEEZE], [PIPES, BRASS, [15]], (0, .1))
# Reggae and dub: one drop, steppers, rockers; the guitar between the beats.
family(5, 62, 100, 4, 4, dict(k=['0000 0000 9000 0000', Q, '9000 0000 9000 0000'], x=['0000 0000 9000 0000', NONE], s=['0000 0000 9000 0000', BACK, NONE], h=[EIGHTHS, OFF, '9093 9093 9093 9093'], z=[NONE, '0000 0002 0000 0202']),
       ['riff', 'draw', 'root:9000 0090 0090 0000', 'root:0000 9090 9000 0090'], ['stab:0090 0090 0090 0090', 'stab:' + OFF, 'stab:0099 0099 0099 0099', 'stab:' + BACK], [CLEAN, MUTE, ORGAN, PIANO], [BRASS, REEDS, [22]], (0, .25))
# Ska, rocksteady: fast off-beats.
family(5, 96, 176, 4, 4, dict(k=['9000 0000 9000 0000', Q, '0000 0000 9000 0000'], s=[BACK, BACK, NONE], x=[NONE, BACK], h=[EIGHTHS, OFF, Q], o=[NONE, OFF]),
       ['walk:' + Q, 'riff', 'walk:' + EIGHTHS], ['stab:' + OFF], [CLEAN, ORGAN, PIANO, DRIVE, BRASS], [BRASS, REEDS, BRASS])
# Calypso, soca, dancehall, reggaeton, kwassa: three three two.
family(4, 88, 132, 4, 4, dict(k=[Q, '9000 9000 9000 9000', '9000 0090 9000 0090'], s=['0009 0090 0009 0090', '0009 0090 0009 0090', '0009 0000 0009 0000', BACK], h=[OFF, EIGHTHS, NONE], w=[NONE, '9009 0090 9009 0090'], Q=[NONE, '0090 0099 0090 0099'], S=[NONE, SIXTEENTHS]),
       ['root:9009 0090 9009 0090', 'root:9000 0090 9000 0090', 'draw'], ['stab:0090 0090 0090 0090', 'stab:9009 0090 9009 0090', 'arp:9099 0990 9909 0990', 'arp:' + SIXTEENTHS], [CLEAN, [114], ORGAN, LEADS, PIANO], [BRASS, [114], LEADS])
# Afrobeat and highlife: interlocking parts, no plain backbeat.
family(3, 92, 132, 4, 4, dict(k=['9009 0000 9009 0000', '9000 0090 0090 0000', Q], s=[NONE, '0000 0090 0000 0090', BACK], x=['0009 0000 0009 0090', '9009 0090 0900 9000'], h=[SIXTEENTHS, EIGHTHS, '0090 0090 0090 0090'], g=['9009 0090 0909 0090', NONE], Q=['0090 0909 0090 0909', NONE], S=[SIXTEENTHS, NONE]),
       ['riff', 'draw'], ['arp:9099 0990 9909 0990', 'stab:0090 0900 0090 0900', 'riff', 'chug:' + SIXTEENTHS], [CLEAN, MUTE, ORGAN, BRASS], [BRASS, REEDS])
# Tango, habanera, rumba.
family(2, 56, 132, 4, 4, dict(k=[NONE, Q], x=[NONE, '9009 0090 9009 0090'], K=[NONE, '9099 9090 9099 9090']), ['root:9009 9090 9009 9090', 'root:9009 0090 9000 9000', 'root:' + Q], ['stab:' + Q, 'stab:9009 9090 9009 9090', 'stab:9000 9000 9000 9090', 'arp:' + EIGHTHS],
       [SQUEEZE, PIANO, [45], NYLON], [[40], SQUEEZE, PIPES], free=.4)
# Arabic and Balkan rhythms in four and two.
family(2, 84, 140, 4, 4, dict(u=['9000 0090 9000 0000', '9000 0000 9000 0000', '9009 0090 9000 0000'], d=['0000 9000 0000 9000', '0009 0000 0090 9000', '0090 0000 0090 9000'], B=['0202 0202 0202 0202', NONE], T=[EIGHTHS, NONE, '9000 9099 9000 9099']),
       ['follow', 'root:' + Q, 'none'], ['riff', 'stab:' + OFF, 'arp:' + SIXTEENTHS], [[104, 106, 107], [15], SQUEEZE, STRINGS], [[111, 109], [40, 110], [71]])

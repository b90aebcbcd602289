"""Styles in other metres than four, and in four with triplets: rows as in styles.py, bars with a space between felt beats.

Their weight there is 0, so that sets which do not ask for them stay as they were; `MIX` is how often make_songs.py draws them."""


def style(metre, low, high, steps, swing, drums, habits):
    bars = {name: [bar.replace(' ', '') for bar in some] for name, some in drums.items()}
    assert all(len(bar) == metre * steps for some in bars.values() for bar in some), drums
    return (0, low, high, steps, swing, bars, dict(habits, metre=metre))


METRES = {
    # ---- three
    'viennese': style(3, 140, 184, 2, (0, 0), {
        'kick': ['90 00 00', '90 00 00', '00 00 00'],
        'snare': ['00 90 90', '00 60 60', '00 00 00'],
        'crash': ['00 00 00', '20 00 00']},
        dict(bass='one wfifth', chords='oompah oompah pad', arp=.2)),
    'popwaltz': style(3, 76, 150, 4, (0, 0), {
        'kick': ['9000 0000 0000', '9000 0000 0020', '9000 0000 2090', '9000 0090 0000'],
        'snare': ['0000 9000 9000', '0000 0000 9000', '0000 9000 0000', '0000 9000 9020'],
        'hat': ['9000 9000 9000', '9090 9090 9090', '9999 9999 9999', '0000 9000 9000'],
        'shaker': ['0000 0000 0000', '9393 9393 9393'],
        'crash': ['0000 0000 0000', '2000 0000 0000']},
        dict(bass='one wfifth roots eighths long', chords='oompah pad broken strum stabs', arp=.5)),
    'jazzwaltz': style(3, 110, 200, 3, (0, 0), {
        'kick': ['000 000 000', '900 000 000', '900 003 000', '500 000 005'],
        'hat': ['000 900 000', '000 900 900', '000 000 000'],
        'ride': ['900 902 900', '900 902 902', '900 900 902', '900 900 900'],
        'snare': ['000 000 000', '000 002 002', '001 003 010', '000 900 000']},
        dict(bass='walk one wfifth', chords='sync stabs oompah pad', arp=0)),
    'rockwaltz': style(3, 84, 168, 4, (0, .05), {
        'kick': ['9000 0000 0000', '9000 0000 0090', '9090 0000 0000', '9000 0090 2000'],
        'snare': ['0000 0000 9000', '0000 9000 0000', '0000 9000 9000'],
        'hat': ['9090 9090 9090', '9000 9000 9000', '0000 0000 0000'],
        'ride': ['0000 0000 0000', '9090 9090 9090'],
        'crash': ['0000 0000 0000', '9000 0000 0000', '2000 0000 0000']},
        dict(bass='eighths roots follow one', chords='power strum chug broken', arp=.2)),
    'folkwaltz': style(3, 88, 170, 4, (0, .1), {
        'tom': ['0000 0000 0000', '9000 0000 0000', '9000 5000 5000'],
        'shaker': ['0000 0000 0000', '0000 9000 9000', '9090 9090 9090']},
        dict(bass='one wfifth long', chords='oompah oompah strum broken', arp=.4)),
    # ---- two
    'polka': style(2, 92, 140, 4, (0, 0), {
        'kick': ['9000 0000', '9000 9000', '9000 0000'],
        'snare': ['0000 9000', '0090 0090', '0000 9000'],
        'hat': ['0090 0090', '0000 0000', '9090 9090']},
        dict(bass='wfifth roots', chords='offbeat skank pad', arp=.2)),
    'parade': style(2, 100, 132, 4, (0, 0), {
        'kick': ['9000 9000', '9000 0000'],
        'snare': ['9090 9099', '9099 9090', '9000 9099', '0090 0090'],
        'crash': ['0000 0000', '9000 9000', '9000 0000']},
        dict(bass='wfifth roots', chords='offbeat stabs pad', arp=.1)),
    # ---- two and four beats of three
    'sixeight': style(2, 44, 84, 6, (0, 0), {
        'kick': ['900000 000000', '900000 000020', '900000 002000', '900090 000000'],
        'snare': ['000000 900000', '000000 900000', '000000 900002'],
        'hat': ['909090 909090', '900000 900000', '999999 999999', '000000 000000'],
        'ride': ['000000 000000', '000000 000000', '909090 909090'],
        'crash': ['000000 000000', '200000 000000']},
        dict(bass='roots one wfifth lilt', chords='thirds thirds pad strum', arp=.5)),
    'jig': style(2, 96, 132, 3, (0, 0), {
        'kick': ['900 900', '900 000', '000 000'],
        'snare': ['000 900', '000 000'],
        'tom': ['000 000', '902 902', '905 902'],
        'shaker': ['000 000', '999 999', '909 909']},
        dict(bass='wfifth roots lilt', chords='lilt thirds pad strum', arp=.6)),
    'twelveeight': style(4, 50, 92, 3, (0, 0), {
        'kick': ['900 000 900 000', '900 000 902 000', '900 002 900 000', '900 000 000 009'],
        'snare': ['000 900 000 900', '000 900 000 900', '000 900 000 901'],
        'hat': ['999 999 999 999', '999 999 999 999', '900 900 900 900', '000 000 000 000'],
        'ride': ['000 000 000 000', '999 999 999 999'],
        'crash': ['000 000 000 000', '200 000 000 000']},
        dict(bass='roots lilt walk long', chords='thirds thirds pad stabs', arp=.5)),
    'bluesshuffle': style(4, 64, 150, 3, (0, 0), {
        'kick': ['900 000 900 000', '900 900 900 900', '900 002 900 002'],
        'snare': ['000 900 000 900', '000 900 000 901'],
        'hat': ['902 902 902 902', '909 909 909 909', '900 900 900 900'],
        'ride': ['000 000 000 000', '902 902 902 902']},
        dict(bass='walk roots lilt', chords='lilt strum stabs pad', arp=.1)),
    # ---- five, six and seven
    'fivefour': style(5, 92, 180, 2, (0, 0), {
        'kick': ['90 00 00 90 00', '90 01 00 90 00', '90 00 00 90 02'],
        'snare': ['00 00 90 00 90', '00 90 00 00 90', '00 00 00 90 00'],
        'hat': ['90 90 90 90 90', '99 99 99 99 99', '00 00 00 00 00'],
        'ride': ['00 00 00 00 00', '90 91 90 90 91']},
        dict(bass='five roots eighths', chords='five stabs pad', arp=.4)),
    'sixfour': style(6, 92, 170, 2, (0, 0), {
        'kick': ['90 00 00 90 00 00', '90 00 00 90 01 00', '90 00 00 00 90 00'],
        'snare': ['00 00 90 00 00 90', '00 90 00 00 90 00', '00 00 00 90 00 00'],
        'hat': ['90 90 90 90 90 90', '99 99 99 99 99 99', '00 00 00 00 00 00']},
        dict(bass='roots one eighths', chords='broken pad stabs', arp=.4)),
    'sevenfour': style(7, 92, 180, 2, (0, 0), {
        'kick': ['90 00 00 90 00 00 00', '90 00 90 00 90 00 00', '90 01 00 90 00 90 00'],
        'snare': ['00 00 90 00 00 90 00', '00 90 00 90 00 90 00', '00 00 90 00 00 90 02'],
        'hat': ['90 90 90 90 90 90 90', '99 99 99 99 99 99 99', '00 00 00 00 00 00 00']},
        dict(bass='roots eighths one', chords='stabs pad sync', arp=.4)),
}

MIX = dict(viennese=2, popwaltz=3, jazzwaltz=3, rockwaltz=3, folkwaltz=3, polka=2, parade=1, sixeight=5, jig=2, twelveeight=4, bluesshuffle=2,
           fivefour=1, sixfour=.5, sevenfour=1.5)
"""Weights among the styles of this file."""

"""Single notes of the sound fonts of Debian, by libfluidsynth, kept in memory: songs are mixed from them."""
import ctypes
from ctypes import c_char_p, c_double, c_float, c_int, c_uint, c_void_p, POINTER
import numpy as np

SR = 44100
GENERAL = ['/usr/share/sounds/sf2/FluidR3_GM.sf2', '/usr/share/sounds/sf3/MuseScore_General_Lite.sf3']
KITS = ['/usr/share/sounds/sf2/Black_Pearl_4_LV2.sf2', '/usr/share/sounds/sf2/Red_Zeppelin_4_LV2.sf2']
"""Packages fluid-soundfont-gm, musescore-general-soundfont-small, avldrums.lv2-soundfont."""
DRUM_BANK = 128
LENGTHS = [.7, 2.5, 5]
"""Seconds of the notes that are kept; a longer one is cut."""

lib = ctypes.CDLL('libfluidsynth.so.3')


def function(name, result, *arguments):
    f = getattr(lib, 'fluid_' + name)
    f.restype, f.argtypes = result, arguments
    return f


new_settings = getattr(lib, 'new_fluid_settings')
new_settings.restype = c_void_p
new_synth = getattr(lib, 'new_fluid_synth')
new_synth.restype, new_synth.argtypes = c_void_p, [c_void_p]
set_number = function('settings_setnum', c_int, c_void_p, c_char_p, c_double)
set_whole = function('settings_setint', c_int, c_void_p, c_char_p, c_int)
load_font = function('synth_sfload', c_int, c_void_p, c_char_p, c_int)
select = function('synth_program_select', c_int, c_void_p, c_int, c_int, c_uint, c_uint)
note_on = function('synth_noteon', c_int, c_void_p, c_int, c_int, c_int)
reset = function('synth_system_reset', c_int, c_void_p)
interpolate = function('synth_set_interp_method', c_int, c_void_p, c_int, c_int)
write = function('synth_write_float', c_int, c_void_p, c_int, c_void_p, c_int, c_int, c_void_p, c_int, c_int)


class Fonts:
    """One synthesizer with all fonts."""

    def __init__(self):
        settings = new_settings()
        for name, value in ((b'synth.polyphony', 32), (b'synth.reverb.active', 0), (b'synth.chorus.active', 0)):
            set_whole(settings, name, value)
        set_number(settings, b'synth.sample-rate', SR)
        set_number(settings, b'synth.gain', .6)
        self.synth = new_synth(settings)
        self.fonts = [load_font(self.synth, path.encode(), 0) for path in GENERAL + KITS]
        if min(self.fonts) < 0:
            raise SystemExit('install the packages of fonts.py')
        self.kept = {}

    def note(self, font, bank, program, key, velocity, seconds):
        """Samples of a note (float32, mono): font an index in GENERAL + KITS, velocity 0..1 in four steps, at most of this length."""
        step = int(min(3, velocity * 4))
        length = next((n for n in LENGTHS if n >= seconds), LENGTHS[-1])
        at = (font, bank, program, int(key), step, length)
        if at not in self.kept:
            self.kept[at] = self.render(*at)
        return self.kept[at][:int(seconds * SR)]

    def render(self, font, bank, program, key, step, length):
        reset(self.synth)
        own = font >= len(GENERAL)
        if select(self.synth, 0, self.fonts[font], 0 if own else bank, 0 if own else program) != 0:
            select(self.synth, 0, self.fonts[font], bank, 0)
        n = int(length * SR)
        out = np.zeros((2, n + 64), np.float32)
        write(self.synth, 256, out.ctypes.data, 0, 1, out[1].ctypes.data, 0, 1)
        note_on(self.synth, 0, key, 30 + 32 * step)
        write(self.synth, n, out.ctypes.data, 0, 1, out[1].ctypes.data, 0, 1)
        return (.5 * (out[0] + out[1]))[:n].astype(np.float16)

"""Store what networks give for clips: activations.py OUT-FOLDER NAME=NET… -- FOLDER…  NET: a weights file of pack.py or a NET.npz.

FOLDER holds NAME.ogg (needs ffmpeg) or k.pcm of make_songs.py. OUT-FOLDER gets FOLDER/CLIP.NAME.f32: 54 values for each step of 20 ms (beat and
downbeat of both frames, 50 classes of tempo), and FOLDER/CLIP.features.npy, once."""
import base64
import re
import subprocess
import sys
from pathlib import Path
import numpy as np
sys.path.insert(0, str(Path(__file__).parent.parent))
import jax  # noqa: E402
from features import BANDS, log_bands  # noqa: E402
from network import forward  # noqa: E402
from words import check_words  # noqa: E402


def weights(path):
    """Tensors of a network by name."""
    if path.endswith('.npz'):
        return dict(np.load(path))
    packed = re.findall(r'(\w+): \{\s*scales: "([^"]+)",\s*data:\s*"([^"]+)"', Path(path).read_text())
    numbers = lambda text, kind: np.frombuffer(base64.b64decode(text), kind)
    tables = {name: numbers(data, 'i1').reshape(-1, len(numbers(scales, '<f4'))) * numbers(scales, '<f4') for name, scales, data in packed}
    return {name: table[0] if name.startswith('b') else table for name, table in tables.items()}


def samples(path):
    if path.suffix == '.pcm':
        return np.fromfile(path, '<i2') / 32768
    command = ['ffmpeg', '-v', 'error', '-i', str(path), '-ac', '1', '-ar', '44100', '-f', 's16le', '-']
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, '<i2') / 32768


def features(path, kept):
    if not kept.exists():
        np.save(kept, log_bands(samples(path)))
    return np.load(kept)


def main(out, nets, folders):
    run = jax.jit(lambda p, x: (jax.nn.sigmoid(forward(p, x)[0]), jax.nn.softmax(forward(p, x)[1])))
    for folder in map(Path, folders):
        target = out / folder.name
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted([*folder.glob('*.ogg'), *folder.glob('*.pcm')]):
            x = features(path, target / f'{path.stem}.features.npy')
            steps = len(x) // 2
            size = -(-steps // 500) * 1000
            padded = np.ones((1, size, BANDS), np.float32)
            padded[0, :2 * steps] = x[:2 * steps]
            for name, p in nets.items():
                file = target / f'{path.stem}.{name}.f32'
                if file.exists():
                    continue
                z, tempo = run(p, padded - 1)
                np.concatenate([np.asarray(z)[0].reshape(-1, 4), np.asarray(tempo)[0]], 1)[:steps].astype('<f4').tofile(file)


if __name__ == '__main__':
    check_words(__doc__, 3)
    cut = sys.argv.index('--')
    main(Path(sys.argv[1]), {n: weights(f) for n, f in (a.split('=') for a in sys.argv[2:cut])}, sys.argv[cut + 1:])

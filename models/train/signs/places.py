"""Where the data lies, and which of it may be trained on."""
import os
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
#: Real pictures that were labelled by others; never part of this repository.
EVAL = Path(os.environ.get('INCAM_EVAL_DIR', ROOT / '../../shared/eval')).resolve()
if not EVAL.is_dir():
    EVAL = (ROOT / '../shared/eval').resolve()
#: Checkpoints, logs, decoded pictures.
WORK = Path(os.environ.get('INCAM_SIGN_TRAINING', Path.home() / 'sign-training'))
OWN = ROOT / 'models/own'
GTSDB = EVAL / 'gtsdb'
#: Pictures of GTSDB with this number or a higher one are never trained on, nor used to choose anything.
HELD_FROM = 400
#: Rendered clips of this repository that serve as backgrounds without signs. That of case 5 is never trained on.
CLIPS = ('counting', 'crowding', 'trajectories', 'repeat-visits', 'attributes')


def missing(path: Path) -> SystemExit:
    return SystemExit(f'{path} is missing: GTSDB (Houben et al. 2013, free for any purpose) goes there, images/ and gt.txt')


def gtsdb():
    """@returns picture number -> [(left, top, right, bottom, class)]"""
    truth = GTSDB / 'gt.txt'
    if not truth.exists():
        raise missing(GTSDB)
    found: dict[int, list] = {}
    for row in truth.read_text().split():
        name, *numbers = row.split(';')
        left, top, right, bottom, kind = map(int, numbers)
        found.setdefault(int(name[:5]), []).append((left, top, right + 1, bottom + 1, kind))
    return found


def photo(number: int) -> np.ndarray:
    return np.asarray(Image.open(GTSDB / 'images' / f'{number:05d}.jpg').convert('RGB'))


def split():
    """@returns numbers to train on, numbers held back"""
    numbers = sorted(gtsdb())
    return [n for n in numbers if n < HELD_FROM], [n for n in numbers if n >= HELD_FROM]


def streets() -> np.ndarray:
    """The pictures to train on, decoded once: [n, 800, 1360, 3], mapped from disk."""
    path = WORK / 'streets.npy'
    train, _ = split()
    if not path.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        partial = WORK / 'streets.partial.npy'
        out = np.lib.format.open_memmap(partial, 'w+', np.uint8, (len(train), 800, 1360, 3))
        for i, number in enumerate(train):
            out[i] = photo(number)
        out.flush()
        partial.rename(path)
    return np.load(path, mmap_mode='r')


def rendered() -> list[np.ndarray]:
    """Frames of our own clips, every two seconds. Needs ffmpeg."""
    import subprocess
    folder = WORK / 'rendered'
    if not folder.exists():
        folder.mkdir(parents=True)
        for clip in CLIPS:
            subprocess.run(['ffmpeg', '-v', 'error', '-i', ROOT / f'public/samples/{clip}.mp4', '-vf', 'fps=0.5', '-q:v', '3', folder / f'{clip}-%03d.jpg'], check=True)
    return [np.asarray(Image.open(path).convert('RGB')) for path in sorted(folder.iterdir())]

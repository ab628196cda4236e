"""Painted signs kept ready, because painting one takes longer than photographing it."""
import pickle
import random

from decoys import decoy
from kinds import KINDS, sprite
from places import WORK

#: Paintings of every kind; and of decoys.
EACH, DECOYS = 24, 300


def bank(seed=1):
    """@returns [kind][n] images, decoys"""
    path = WORK / f'bank-{seed}.pickle'
    if not path.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        painted = [[sprite(k, random.Random(f'{seed}/{k}/{n}')).reduce(2) for n in range(EACH)] for k in range(len(KINDS))]
        decoys = [decoy(random.Random(f'{seed}/decoy/{n}')).reduce(2) for n in range(DECOYS)]
        path.write_bytes(pickle.dumps((painted, decoys)))
    return pickle.loads(path.read_bytes())

"""Training crops for the classifier: as the detector's boxes will cut them, real and rendered, and things that are no sign."""
import math
import random

import numpy as np
from PIL import Image

from bank import bank
from kinds import KINDS, NONE, OF_GTSDB
from nets import CROP
from photograph import paste, spoil, tilt
from places import WORK, gtsdb, rendered, split, streets

#: The square that is read is as much longer than the box's longer side.
MARGIN = 1.2
HARD = WORK / 'hard.npz'
#: Kinds that are another kind in a mirror, or themselves.
MIRRORED = {'bend-left': 'bend-right', 'bend-right': 'bend-left', 'go-left': 'go-right', 'go-right': 'go-left', 'straight-or-left': 'straight-or-right', 'straight-or-right': 'straight-or-left', 'keep-left': 'keep-right', 'keep-right': 'keep-left'}
SYMMETRIC = {'no-entry', 'give-way', 'priority-road', 'no-vehicles', 'crossroads', 'priority-junction', 'signal-ahead', 'snow', 'uneven', 'go-straight', 'danger', 'animals', 'pedestrians', 'children', 'bicycles'}


def square(box, rng=None, margin=MARGIN):
    """@returns left, top, side of the square to read; with `rng` shifted and scaled as boxes are wrong"""
    x0, y0, x1, y1 = box[:4]
    side, cx, cy = max(x1 - x0, y1 - y0), (x0 + x1) / 2, (y0 + y1) / 2
    if rng:
        cx += rng.gauss(0, 0.05) * side
        cy += rng.gauss(0, 0.05) * side
        side *= math.exp(rng.gauss(0, 0.09))
    side *= margin
    return cx - side / 2, cy - side / 2, side


def cut(picture: Image.Image, box, rng=None) -> Image.Image:
    """The square around a box in the classifier's size; what lies outside the picture is black."""
    x, y, side = square(box, rng)
    return picture.resize((CROP, CROP), Image.BILINEAR, box=(x, y, x + side, y + side), reducing_gap=None) if 0 <= x and 0 <= y and x + side <= picture.width and y + side <= picture.height else picture.transform((CROP * 2, CROP * 2), Image.AFFINE, (side / CROP / 2, 0, x, 0, side / CROP / 2, y), Image.BILINEAR).resize((CROP, CROP), Image.BOX)


class KindCrops:
    def __init__(self, seed, bank_seed=1):
        self.rng = random.Random(seed)
        self.painted, self.decoys = bank(bank_seed)
        self.streets = streets()
        truth = gtsdb()
        self.truth = [truth[n] for n in split()[0]]
        self.by_kind = {}
        for i, signs in enumerate(self.truth):
            for sign in signs:
                self.by_kind.setdefault(OF_GTSDB[sign[4]], []).append((i, sign))
        often = [(kind, len(found) ** 0.5) for kind, found in self.by_kind.items()]
        self.kinds, self.weights = zip(*often)
        self.rendered = rendered()
        self.hard = np.load(HARD)['crops'] if HARD.exists() else None

    def one(self):
        """@returns crop [CROP, CROP, 3] uint8, kind"""
        roll = self.rng.random()
        if roll < 0.36:
            return self.real()
        return self.pasted() if roll < 0.8 else self.none()

    def _rough(self, picture, least=11):
        """Seen from further away: only a few pixels of it, at least so many."""
        rng = self.rng
        if rng.random() < 0.55:
            k = round(math.exp(rng.uniform(math.log(max(11, least)), math.log(CROP))))
            picture = picture.resize((k, k), Image.BOX).resize((CROP, CROP), Image.BILINEAR)
        return np.asarray(spoil(picture, rng))

    def real(self):
        rng = self.rng
        kind = rng.choices(self.kinds, self.weights)[0]
        i, sign = rng.choice(self.by_kind[kind])
        x, y, side = square(sign, rng)
        a, b = max(0, int(x) - 8), max(0, int(y) - 8)
        part = Image.fromarray(self.streets[i][b:int(y + side) + 8, a:int(x + side) + 8])
        moved = (sign[0] - a, sign[1] - b, sign[2] - a, sign[3] - b)
        if rng.random() < 0.4:
            part = part.rotate(rng.gauss(0, 5), Image.BILINEAR, center=((moved[0] + moved[2]) / 2, (moved[1] + moved[3]) / 2))
        crop = cut(part, moved, rng)
        name = KINDS[kind].name
        if (name in MIRRORED or name in SYMMETRIC) and rng.random() < 0.4:
            crop = crop.transpose(Image.FLIP_LEFT_RIGHT)
            kind = [k.name for k in KINDS].index(MIRRORED.get(name, name))
        return self._rough(crop), kind

    def ground(self, side):
        """A piece of a street or of a rendered scene, `side` pixels wide."""
        rng = self.rng
        whole = rng.choice(self.rendered) if rng.random() < 0.15 else self.streets[rng.randrange(len(self.streets))]
        span = min(whole.shape[0], round(side * math.exp(rng.uniform(-0.7, 1.2))))
        x, y = rng.randrange(whole.shape[1] - span + 1), rng.randrange(whole.shape[0] - span + 1)
        return Image.fromarray(whole[y:y + span, x:x + span]).resize((side, side), Image.BILINEAR)

    def pasted(self, kind=None, least=10):
        """@param least longer side of the sign as it stands in the picture, pixels"""
        rng = self.rng
        kind = rng.randrange(len(KINDS)) if kind is None else kind
        longest = math.exp(rng.uniform(math.log(least), math.log(70)))
        sign = tilt(rng.choice(self.painted[kind]), longest, rng)
        side = round(max(sign.size) * 1.7)
        ground = self.ground(side)
        x, y = (side - sign.width) // 2, (side - sign.height) // 2
        box = paste(ground, sign, x, y, rng)
        return self._rough(cut(ground, box, rng), least), kind

    def none(self):
        """Anything, decoys, parts of signs, and what the detector has taken for a sign."""
        rng = self.rng
        roll = rng.random()
        if self.hard is not None and roll < 0.5:
            crop = Image.fromarray(self.hard[rng.randrange(len(self.hard))])
            turned = crop.rotate(rng.gauss(0, 4), Image.BILINEAR).crop((6, 6, 42, 42)) if crop.width == 48 else crop
            return self._rough(turned.resize((CROP, CROP), Image.BILINEAR)), NONE
        if roll < 0.6:
            decoy = tilt(rng.choice(self.decoys), math.exp(rng.uniform(math.log(10), math.log(60))), rng)
            side = round(max(decoy.size) * 1.7)
            ground = self.ground(side)
            box = paste(ground, decoy, (side - decoy.width) // 2, (side - decoy.height) // 2, rng, standing=False)
            return self._rough(cut(ground, box, rng)), NONE
        for _ in range(20):
            i = rng.randrange(len(self.streets))
            side = round(math.exp(rng.uniform(math.log(14), math.log(120))))
            x, y = rng.randrange(1360 - side), rng.randrange(800 - side)
            if all(x > s[2] or x + side < s[0] or y > s[3] or y + side < s[1] for s in self.truth[i]):
                return self._rough(Image.fromarray(self.streets[i][y:y + side, x:x + side]).resize((CROP, CROP), Image.BILINEAR)), NONE
        return self.none()

"""Training pictures for the detector: pieces of streets with real and pasted signs, and what is to be said of each cell."""
import math
import random

import numpy as np
from PIL import Image

from bank import bank
from kinds import GROUPS, GROUP_OF, OF_GTSDB
from nets import STRIDE
from photograph import paste, spoil, tilt
from places import gtsdb, rendered, split, streets

SIDE = 160
CELLS = SIDE // STRIDE
#: Signs smaller than this in a training picture are neither asked for nor punished.
LEAST = 8
#: What GTSDB does not label although it stands in its streets: silence there is no proof that there is none.
UNLABELLED = [GROUPS.index('guide')]


class Crops:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.painted, self.decoys = bank()
        self.streets = streets()
        truth = gtsdb()
        self.truth = [truth[n] for n in split()[0]]
        self.signs = [(i, k) for i, signs in enumerate(self.truth) for k in range(len(signs))]
        self.rendered = rendered()
        self.rare = self._even()

    def _even(self):
        """Weights by which signs of rare groups come more often."""
        group = [GROUP_OF[OF_GTSDB[self.truth[i][k][4]]] for i, k in self.signs]
        often = np.bincount(group, minlength=len(GROUPS))
        return [1 / often[g] ** 0.4 for g in group]

    def one(self):
        """@returns picture [SIDE, SIDE, 3] uint8, boxes [(x0, y0, x1, y1, group or -1)], whether real"""
        rng = self.rng
        roll = rng.random()
        if roll < 0.52:
            (i, k), = rng.choices(self.signs, self.rare)
            picture, boxes = self._street(i, self.truth[i][k])
        elif roll < 0.87:
            picture, boxes = self._street(rng.randrange(len(self.truth)), None)
        else:
            picture, boxes = self._rendered(), []
        real = roll < 0.87
        occupied = [box[:4] for box in boxes]
        for _ in range(rng.choice((0, 0, 1, 1, 2)) if roll < 0.52 else rng.choice((0, 1, 2, 2, 3, 4))):
            kind = rng.randrange(len(self.painted))
            box = self._place(picture, rng.choice(self.painted[kind]), occupied)
            if box:
                boxes.append((*box, GROUP_OF[kind]))
        for _ in range(rng.choice((0, 0, 0, 1, 2))):
            self._place(picture, rng.choice(self.decoys), occupied, standing=False)
        return np.asarray(spoil(picture, rng)), boxes, real

    def _street(self, i, around):
        """A piece of a real street, around a sign or anywhere."""
        rng = self.rng
        street = self.streets[i]
        if around:
            left, top, right, bottom, _ = around
            longest = max(right - left, bottom - top)
            scale = min(1.6, math.exp(rng.uniform(math.log(9), math.log(76))) / longest)
            span = SIDE / scale
            x = rng.uniform(right - 0.92 * span, left - 0.08 * span)
            y = rng.uniform(bottom - 0.92 * span, top - 0.08 * span)
        else:
            scale = math.exp(rng.uniform(math.log(0.25), math.log(1.1)))
            span = SIDE / scale
            x, y = rng.uniform(0, max(1, 1360 - span)), rng.uniform(0, max(1, 800 - span))
        x0, y0, x1, y1 = round(x), round(y), round(x + span), round(y + span)
        part = street[max(0, y0):max(0, y1), max(0, x0):max(0, x1)]
        piece = Image.new('RGB', (x1 - x0, y1 - y0), tuple(rng.choice(((0, 0, 0), (114, 114, 114)))))
        piece.paste(Image.fromarray(part), (max(0, -x0), max(0, -y0)))
        # Rough reduction first: it is most of the cost.
        picture = piece.resize((SIDE, SIDE), Image.BILINEAR, reducing_gap=2.0)
        f = SIDE / (x1 - x0)
        boxes = []
        for left, top, right, bottom, kind in self.truth[i]:
            box = [(left - x0) * f, (top - y0) * f, (right - x0) * f, (bottom - y0) * f]
            if box[2] < 1 or box[3] < 1 or box[0] > SIDE - 1 or box[1] > SIDE - 1:
                continue
            inside = max(0, min(box[2], SIDE) - max(box[0], 0)) * max(0, min(box[3], SIDE) - max(box[1], 0))
            whole = (box[2] - box[0]) * (box[3] - box[1])
            small = max(box[2] - box[0], box[3] - box[1]) < LEAST
            boxes.append((*box, -1 if small or inside < 0.7 * whole else GROUP_OF[OF_GTSDB[kind]]))
        if rng.random() < 0.3:
            # Mirrored: a group looks the same, and detection knows no kinds.
            picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
            boxes = [(SIDE - x1, y0, SIDE - x0, y1, g) for x0, y0, x1, y1, g in boxes]
        return picture, boxes

    def _rendered(self):
        rng = self.rng
        frame = rng.choice(self.rendered)
        h, w = frame.shape[:2]
        span = rng.randint(min(160, h), min(540, h))
        x, y = rng.randrange(w - span + 1), rng.randrange(h - span + 1)
        return Image.fromarray(frame[y:y + span, x:x + span]).resize((SIDE, SIDE), Image.BILINEAR)

    def _place(self, picture, painted, occupied, standing=True):
        rng = self.rng
        longest = math.exp(rng.uniform(math.log(9), math.log(76)))
        sign = tilt(painted, longest, rng)
        w, h = sign.size
        if w > SIDE - 4 or h > SIDE - 4 or max(w, h) < LEAST:
            return None
        for _ in range(6):
            x, y = rng.randint(1, SIDE - w - 1), rng.randint(1, SIDE - h - 1)
            if all(x > b[2] + 2 or x + w < b[0] - 2 or y > b[3] + 2 or y + h < b[1] - 2 for b in occupied):
                box = paste(picture, sign, x, y, rng, standing)
                occupied.append(box)
                return box
        return None


def targets(boxes, real):
    """@returns heat [groups, c, c], weight of silence [groups, c, c], distances [4, c, c], weight of distances [c, c]"""
    heat = np.zeros((len(GROUPS), CELLS, CELLS), np.float32)
    mute = np.ones((len(GROUPS), CELLS, CELLS), np.float32)
    sides = np.zeros((4, CELLS, CELLS), np.float32)
    known = np.zeros((CELLS, CELLS), np.float32)
    if real:
        mute[UNLABELLED] = 0.15
    centres = (np.arange(CELLS) + 0.5) * STRIDE
    for x0, y0, x1, y1, group in boxes:
        if group < 0:
            a, b = max(0, int(x0 // STRIDE) - 1), min(CELLS, int(x1 // STRIDE) + 2)
            c, d = max(0, int(y0 // STRIDE) - 1), min(CELLS, int(y1 // STRIDE) + 2)
            mute[:, c:d, a:b] = 0
            continue
        cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
        sx, sy = max(3.2, (x1 - x0) * 0.16), max(3.2, (y1 - y0) * 0.16)
        gx, gy = np.exp(-((centres - cx) / sx) ** 2 / 2), np.exp(-((centres - cy) / sy) ** 2 / 2)
        bump = np.outer(gy, gx).astype(np.float32)
        px, py = min(CELLS - 1, max(0, int(cx // STRIDE))), min(CELLS - 1, max(0, int(cy // STRIDE)))
        bump[py, px] = 1
        heat[group] = np.maximum(heat[group], bump)
        inside = np.outer((centres > y0 + 0.5) & (centres < y1 - 0.5), (centres > x0 + 0.5) & (centres < x1 - 0.5))
        take = inside & (bump > 0.25) & (bump > known)
        known[take] = bump[take]
        l, t = centres[None, :] - x0, centres[:, None] - y0
        r, b = x1 - centres[None, :], y1 - centres[:, None]
        for side, value in enumerate((l, t, r, b)):
            sides[side][take] = np.broadcast_to(value, (CELLS, CELLS))[take]
    return heat, mute, sides, known

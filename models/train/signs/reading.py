"""The two networks one after the other, as the camera runs them: where signs are, and of what kind."""
import numpy as np
import torch
from PIL import Image

from kind_crops import cut
from kinds import GROUP_OF, GROUPS, NONE
from nets import STRIDE

#: Boxes that overlap by more are one sign.
SAME = 0.4


def iou(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


def tensor(picture: Image.Image):
    """Padded on the right and below to whole cells of the coarsest level."""
    w, h = -(-picture.width // 32) * 32, -(-picture.height // 32) * 32
    padded = np.zeros((h, w, 3), np.uint8)
    padded[:picture.height, :picture.width] = np.asarray(picture)
    return torch.from_numpy(padded).permute(2, 0, 1)[None].float() / 255


def find(detector, picture: Image.Image, least=0.1):
    """@returns [(score, box, group)], surest first, in pixels of the picture"""
    with torch.no_grad():
        logits, raw = detector(tensor(picture))
    heat, dist = torch.sigmoid(logits)[0], (torch.exp(raw) * STRIDE)[0]
    peak = torch.nn.functional.max_pool2d(heat[None], 3, 1, 1)[0] == heat
    found = []
    for g, y, x in torch.nonzero(peak & (heat >= least)).tolist():
        l, t, r, b = dist[:, y, x].tolist()
        cx, cy = (x + 0.5) * STRIDE, (y + 0.5) * STRIDE
        found.append((float(heat[g, y, x]), (cx - l, cy - t, cx + r, cy + b), g))
    found.sort(reverse=True)
    kept = []
    for one in found:
        if all(iou(one[1], other[1]) < SAME for other in kept):
            kept.append(one)
    return kept


def read(classifier, picture: Image.Image, found):
    """@returns [(score, box, group of the finder, probabilities of kinds)]"""
    if not found:
        return []
    crops = np.stack([np.asarray(cut(picture, box)) for _, box, _ in found])
    with torch.no_grad():
        p = torch.softmax(classifier(torch.from_numpy(crops).permute(0, 3, 1, 2).float() / 255), 1).numpy()
    return [(*one, q) for one, q in zip(found, p)]


def judge(score, group, p, sure=0.6):
    """What is told of a candidate. @returns score of being a sign, kind or None (then only the group), group"""
    signs = p[:NONE]
    kind = int(signs.argmax())
    by_group = np.bincount(GROUP_OF, weights=signs, minlength=len(GROUPS))
    told = int(by_group.argmax())
    is_sign = 1 - float(p[NONE])
    return (score * is_sign) ** 0.5, kind if signs[kind] >= sure * max(is_sign, 1e-6) else None, told if by_group[told] > 0.4 * is_sign else group

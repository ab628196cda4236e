"""Cuts out what the finder takes for signs where none are labelled, for the classifier to learn.

python3 mine.py [--score .15]
"""
import argparse

import numpy as np
import torch
from PIL import Image

from export import trained
from kind_crops import HARD, cut
from kinds import GROUPS
from nets import Detector
from places import gtsdb, rendered, split, streets
from reading import find, iou

#: Signs of these groups stand unlabelled in GTSDB's streets: they are no proof of an error.
DOUBTFUL = {GROUPS.index('guide')}
SIDE = 48


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--score', type=float, default=0.15)
    args = args.parse_args()
    torch.set_num_threads(2)
    detector, steps = trained(Detector(), 'detector')
    truth = gtsdb()
    train, _ = split()
    crops = []

    def wrong(picture, signs, scale):
        for score, box, group in find(detector, picture, args.score):
            whole = [v / scale for v in box]
            near = any(iou(whole, s[:4]) > 0.05 for s in signs)
            if near or (signs and group in DOUBTFUL):
                continue
            # More than the classifier reads, so that it can be moved and turned.
            x0, y0, x1, y1 = box
            mx, my = (x1 - x0) * 0.1, (y1 - y0) * 0.1
            crops.append(np.asarray(cut(picture, (x0 - mx, y0 - my, x1 + mx, y1 + my)).resize((SIDE, SIDE), Image.BILINEAR)))

    for i, street in enumerate(streets()):
        for width in ((960, 640)[i % 2],):
            f = width / street.shape[1]
            picture = Image.fromarray(street).resize((width, round(street.shape[0] * f)), Image.BILINEAR, reducing_gap=2.0)
            wrong(picture, truth[train[i]], f)
    real = len(crops)
    for frame in rendered():
        wrong(Image.fromarray(frame), [], 1)
    np.savez(HARD, crops=np.array(crops, np.uint8).reshape(-1, SIDE, SIDE, 3))
    print('finder at step', steps, ': wrong in streets', real, 'in rendered frames', len(crops) - real)


if __name__ == '__main__':
    main()

"""How well it reads: GTSDB's held pictures, rendered Japanese signs of unseen seeds, photos without signs.

python3 evaluate.py [--widths 1360,960,640] [--part held|train] [--sure .6]
"""
import argparse
import json

import numpy as np
import torch
from PIL import Image

from export import trained
from kind_crops import KindCrops
from kinds import GROUPS, GROUP_OF, JAPANESE_KINDS, KINDS, OF_GTSDB
from nets import Classifier, Detector
from places import EVAL, GTSDB, gtsdb, split
from reading import find, iou, judge, read

#: Kinds that GTSDB labels; a sign of another kind cannot be right or wrong there.
LABELLED = set(OF_GTSDB.values())


def on_street(detector, classifier, numbers, width, sure):
    """@returns rows (score, right box, right kind, kind told, right group, truth), the number of signs over 24 px, and the
    scores of what is told as a kind that GTSDB does not label, where it labels nothing"""
    truth = gtsdb()
    rows, n, unlabelled = [], 0, []
    for number in numbers:
        whole = Image.open(GTSDB / 'images' / f'{number:05d}.jpg').convert('RGB')
        f = width / whole.width
        picture = whole if f == 1 else whole.resize((width, round(whole.height * f)), Image.BOX if f < 0.6 else Image.BILINEAR, reducing_gap=2.0)
        signs = truth[number]
        big = [max(s[2] - s[0], s[3] - s[1]) > 24 for s in signs]
        n += sum(big)
        used = set()
        for one in sorted(read(classifier, picture, find(detector, picture)), key=lambda o: -judge(o[0], o[2], o[3])[0]):
            score, kind, group = judge(one[0], one[2], one[3], sure)
            box = [v / f for v in one[1]]
            overlaps = [iou(box, s[:4]) if k not in used else 0 for k, s in enumerate(signs)]
            best = int(np.argmax(overlaps))
            if overlaps[best] >= 0.5:
                used.add(best)
                if big[best]:
                    true = OF_GTSDB[signs[best][4]]
                    rows.append((score, True, kind == true, kind, group == GROUP_OF[true], true))
                continue
            if max(box[2] - box[0], box[3] - box[1]) <= 24:
                continue
            if max(iou(box, s[:4]) for s in signs) >= 0.5:
                rows.append((score, False, False, kind, False, None))
                continue
            top = int(one[3][:-1].argmax())
            if top not in LABELLED:
                unlabelled.append(score)
                continue
            rows.append((score, False, False, kind, False, None))
    return sorted(rows, key=lambda r: -r[0]), n, unlabelled


def summary(rows, n, unlabelled):
    out = {'signs': n}
    hits = np.cumsum([r[1] for r in rows])
    precision = hits / np.arange(1, len(rows) + 1)
    out['AP50'] = round(float(sum(precision[i:].max() for i in range(len(rows)) if rows[i][1]) / n), 3)
    for wanted in (0.8, 0.85, 0.9):
        ok = np.nonzero(precision >= wanted)[0]
        if len(ok):
            at = rows[:ok.max() + 1]
            found = [r for r in at if r[1]]
            told = [r for r in found if r[3] is not None]
            out[f'P{wanted}'] = {'recall': round(len(found) / n, 3), 'score': round(at[-1][0], 3), 'kind right': round(sum(r[2] for r in found) / len(found), 3), 'of those told': round(sum(r[2] for r in told) / max(1, len(told)), 3), 'told': len(told), 'group right': round(sum(r[4] for r in found) / len(found), 3), 'unlabelled': sum(u >= at[-1][0] for u in unlabelled)}
    return out


def on_rendered(classifier, sure, least, each=24):
    """Japanese signs painted and photographed with seeds that training never had."""
    crops = KindCrops(99, bank_seed=77)
    right = told = told_right = all_ = 0
    worst = {}
    for kind in JAPANESE_KINDS:
        batch = np.stack([crops.pasted(kind, least)[0] for _ in range(each)])
        with torch.no_grad():
            p = torch.softmax(classifier(torch.from_numpy(batch).permute(0, 3, 1, 2).float() / 255), 1).numpy()
        best = p[:, :-1].argmax(1)
        sure_ones = p[:, :-1].max(1) >= sure * (1 - p[:, -1])
        right += (best == kind).sum()
        told += sure_ones.sum()
        told_right += (sure_ones & (best == kind)).sum()
        all_ += each
        worst[KINDS[kind].name] = round(float((best == kind).mean()), 2)
    return {'kind right': round(right / all_, 3), 'of those told': round(told_right / told, 3), 'told': round(told / all_, 3), 'worst': sorted(worst.items(), key=lambda kv: kv[1])[:8]}


def on_photos(detector, classifier, score):
    """COCO's photos hold few signs: what is told there is nearly always wrong."""
    files = sorted((EVAL / 'coco/images').rglob('*.jpg'))
    told = {}
    for path in files:
        picture = Image.open(path).convert('RGB')
        for one in read(classifier, picture, find(detector, picture)):
            s, kind, group = judge(one[0], one[2], one[3])
            if s >= score:
                told.setdefault(path.name, []).append((round(s, 2), GROUPS[group], KINDS[kind].name if kind is not None else None, [round(v) for v in one[1]]))
    return {'photos': len(files), 'with something told': len(told), 'told': sum(map(len, told.values()))}, told


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--widths', default='1360,960,640')
    args.add_argument('--part', default='held')
    args.add_argument('--sure', type=float, default=0.6)
    args.add_argument('--photos', type=float)
    args.add_argument('--rendered', action='store_true')
    args = args.parse_args()
    torch.set_num_threads(1)
    detector, steps = trained(Detector(), 'detector')
    classifier, kind_steps = trained(Classifier(), 'kinds')
    print('steps', steps, kind_steps)
    train, held = split()
    numbers = held if args.part == 'held' else train[::3]
    for width in filter(None, args.widths.split(',')):
        rows, n, unlabelled = on_street(detector, classifier, numbers, int(width), args.sure)
        print(width, json.dumps(summary(rows, n, unlabelled)), flush=True)
    if args.rendered:
        for least in (10, 24):
            print('rendered, from', least, 'pixels', json.dumps(on_rendered(classifier, args.sure, least)), flush=True)
    if args.photos is not None:
        total, told = on_photos(detector, classifier, args.photos)
        print('photos', json.dumps(total), flush=True)
        for name, found in told.items():
            print(' ', name, found)


if __name__ == '__main__':
    main()

"""Trains the detector. Run again by the same command, it goes on where it stopped.

python3 train_detector.py [--minutes N] [--steps N]
"""
import argparse
import json
import math
import queue
import time

import numpy as np
import torch
import torch.multiprocessing as mp
import torch.nn.functional as F

from crops import Crops, targets
from nets import Detector, STRIDE, count
from places import WORK

BATCH = 16
#: Pictures kept, and how often each is seen before another takes its place.
KEPT, SEEN = 3000, 6
RATE = 2.5e-3
STATE = WORK / 'detector.pt'


def fill(out, seed):
    torch.set_num_threads(1)
    crops = Crops(seed)
    while True:
        picture, boxes, real = crops.one()
        out.put((picture.copy(), *targets(boxes, real)))


def loss_of(net, pictures, heat, mute, sides, known):
    logits, raw = net(pictures)
    p = torch.sigmoid(logits).clamp(1e-5, 1 - 1e-5)
    hit = (heat == 1).float()
    n = hit.sum().clamp(min=4)
    found = -(hit * (1 - p) ** 2 * p.log()).sum() / n
    silence = -((1 - hit) * mute * (1 - heat) ** 4 * p ** 2 * (1 - p).log()).sum() / n
    dist = torch.exp(raw.clamp(-3, 4)) * STRIDE
    l, t, r, b = dist.unbind(1)
    tl, tt, tr, tb = sides.unbind(1)
    w, h = torch.min(l, tl) + torch.min(r, tr), torch.min(t, tt) + torch.min(b, tb)
    common = w * h
    union = (l + r) * (t + b) + (tl + tr) * (tt + tb) - common
    hull = (torch.max(l, tl) + torch.max(r, tr)) * (torch.max(t, tt) + torch.max(b, tb))
    giou = common / union.clamp(min=1e-3) - (hull - union) / hull.clamp(min=1e-3)
    box = (known * (1 - giou)).sum() / known.sum().clamp(min=1)
    return found, silence, box


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--minutes', type=float, default=1e9)
    args.add_argument('--steps', type=int, default=5000)
    args = args.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(1)
    net = Detector()
    opt = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.01)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    step = 0
    if STATE.exists():
        state = torch.load(STATE)
        net.load_state_dict(state['net'])
        opt.load_state_dict(state['opt'])
        average, step = state['average'], state['step']
    print('parameters', count(net), 'from step', step, flush=True)
    out = mp.get_context('fork').Queue(64)
    maker = mp.get_context('fork').Process(target=fill, args=(out, 1000 + step), daemon=True)
    maker.start()
    rng = np.random.default_rng(step)
    kept = [out.get() for _ in range(96)]
    begun = saved = time.time()
    sums, due = [], 0.0

    def save():
        torch.save({'net': net.state_dict(), 'opt': opt.state_dict(), 'average': average, 'step': step}, STATE.with_suffix('.tmp'))
        STATE.with_suffix('.tmp').replace(STATE)

    while step < args.steps and time.time() - begun < args.minutes * 60:
        due += BATCH / SEEN
        while due >= 1 and len(kept) >= 96:
            try:
                one = out.get_nowait() if due < 200 else out.get()
            except queue.Empty:
                break
            due -= 1
            if len(kept) < KEPT:
                kept.append(one)
            else:
                kept[rng.integers(KEPT)] = one
        chosen = [kept[i] for i in rng.integers(len(kept), size=BATCH)]
        pictures = torch.from_numpy(np.stack([c[0] for c in chosen])).permute(0, 3, 1, 2).float() / 255
        heat, mute, sides, known = (torch.from_numpy(np.stack([c[k] for c in chosen])) for k in range(1, 5))
        # The same picture in another light.
        pictures = (pictures * torch.empty(BATCH, 3, 1, 1).uniform_(0.92, 1.08) * torch.empty(BATCH, 1, 1, 1).uniform_(0.75, 1.25)).clamp(0, 1)
        share = step / args.steps
        rate = RATE * min(1, (step + 1) / 200) * (0.5 * (1 + math.cos(math.pi * share)) * 0.98 + 0.02)
        for g in opt.param_groups:
            g['lr'] = rate
        net.train()
        parts = loss_of(net, pictures, heat, mute, sides, known)
        opt.zero_grad()
        (parts[0] + parts[1] + 1.5 * parts[2]).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        opt.step()
        step += 1
        keep = min(0.998, step / (step + 50))
        for k, v in net.state_dict().items():
            average[k] = average[k] * keep + v * (1 - keep) if v.is_floating_point() else v.clone()
        sums.append([float(x.detach()) for x in parts])
        if step % 50 == 0:
            mean = np.mean(sums, 0)
            print(json.dumps({'step': step, 's': round(time.time() - begun), 'found': round(mean[0], 3), 'silence': round(mean[1], 3), 'box': round(mean[2], 3), 'rate': round(rate, 5), 'kept': len(kept)}), flush=True)
            sums = []
        if time.time() - saved > 60:
            save()
            saved = time.time()
    save()
    maker.terminate()


if __name__ == '__main__':
    main()

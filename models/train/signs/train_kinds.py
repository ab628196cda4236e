"""Trains the classifier of kinds. Run again by the same command, it goes on where it stopped.

python3 train_kinds.py [--minutes N] [--steps N]
"""
import argparse
import json
import math
import time

import numpy as np
import torch
import torch.multiprocessing as mp
import torch.nn.functional as F

from kind_crops import KindCrops
from nets import Classifier, count
from places import WORK

BATCH = 128
#: Crops kept, and how often each is seen before another takes its place.
KEPT, SEEN = 24000, 5
RATE = 4e-3
STATE = WORK / 'kinds.pt'


def fill(out, seed):
    torch.set_num_threads(1)
    crops = KindCrops(seed)
    while True:
        batch = [crops.one() for _ in range(64)]
        out.put((np.stack([crop for crop, _ in batch]), np.array([kind for _, kind in batch])))


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--minutes', type=float, default=1e9)
    args.add_argument('--steps', type=int, default=2000)
    args = args.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(2)
    net = Classifier()
    opt = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    step = 0
    if STATE.exists():
        state = torch.load(STATE)
        net.load_state_dict(state['net'])
        opt.load_state_dict(state['opt'])
        average, step = state['average'], state['step']
    print('parameters', count(net), 'from step', step, flush=True)
    out = mp.get_context('fork').Queue(16)
    maker = mp.get_context('fork').Process(target=fill, args=(out, 2000 + step), daemon=True)
    maker.start()
    rng = np.random.default_rng(step)
    kept, kinds, filled = np.zeros((KEPT, 32, 32, 3), np.uint8), np.zeros(KEPT, np.int64), 0
    begun = saved = time.time()
    losses, right, due = [], [], 0.0

    def take():
        nonlocal filled
        crops, labels = out.get()
        at = np.arange(filled, filled + len(crops)) % KEPT
        kept[at], kinds[at] = crops, labels
        filled += len(crops)

    while filled < 1500:
        take()

    def save():
        torch.save({'net': net.state_dict(), 'opt': opt.state_dict(), 'average': average, 'step': step}, STATE.with_suffix('.tmp'))
        STATE.with_suffix('.tmp').replace(STATE)

    while step < args.steps and time.time() - begun < args.minutes * 60:
        due += BATCH / SEEN / 64
        while due >= 1:
            take()
            due -= 1
        i = rng.integers(min(filled, KEPT), size=BATCH)
        x = torch.from_numpy(kept[i]).permute(0, 3, 1, 2).float() / 255
        x = (x * torch.empty(BATCH, 3, 1, 1).uniform_(0.9, 1.1) * torch.empty(BATCH, 1, 1, 1).uniform_(0.7, 1.3)).clamp(0, 1)
        y = torch.from_numpy(kinds[i])
        for g in opt.param_groups:
            g['lr'] = RATE * min(1, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * step / args.steps)) * 0.98 + 0.02)
        net.train()
        logits = net(x)
        loss = F.cross_entropy(logits, y, label_smoothing=0.05)
        opt.zero_grad()
        loss.backward()
        opt.step()
        step += 1
        keep = min(0.998, step / (step + 50))
        for k, v in net.state_dict().items():
            average[k] = average[k] * keep + v * (1 - keep) if v.is_floating_point() else v.clone()
        losses.append(float(loss.detach()))
        right.append(float((logits.argmax(1) == y).float().mean()))
        if step % 50 == 0:
            print(json.dumps({'step': step, 's': round(time.time() - begun), 'loss': round(np.mean(losses), 3), 'right': round(np.mean(right), 3), 'crops': filled}), flush=True)
            losses, right = [], []
        if time.time() - saved > 60:
            save()
            saved = time.time()
    save()
    maker.terminate()


if __name__ == '__main__':
    main()

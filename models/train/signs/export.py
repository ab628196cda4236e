"""Writes the trained networks as ONNX to models/own, and what torch gives for a fixed picture, for the parity test.

python3 export.py
"""
import copy
import json

import torch
import torch.nn as nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from kinds import KINDS
from nets import CROP, Classifier, Detector, ServedDetector, count
from places import OWN, ROOT, WORK

PARITY = ROOT / 'test/unit/models/own/signs.parity.json'


def trained(net, name):
    """With the running mean of the weights of a checkpoint. @returns net, steps"""
    state = torch.load(WORK / f'{name}.pt')
    net.load_state_dict(state['average'])
    return net.eval(), state['step']


def folded(net):
    """Normalisations folded into the convolutions before them, everything rounded to half precision."""
    net = copy.deepcopy(net).eval()
    for module in net.modules():
        if not isinstance(module, nn.Sequential):
            continue
        for i in range(len(module) - 1):
            if isinstance(module[i], nn.Conv2d) and isinstance(module[i + 1], nn.BatchNorm2d):
                module[i], module[i + 1] = fuse_conv_bn_eval(module[i], module[i + 1]), nn.Identity()
    return net.half().float().eval()


class Probabilities(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return torch.softmax(self.net(x), 1)


def picture(h, w):
    """Fixed bytes that any language can make: [1, 3, h, w], 0..255."""
    i = torch.arange(h * w * 3).view(h, w, 3)
    return ((i * 7919 + (i // 97) * 31) % 256).permute(2, 0, 1)[None].float()


def main():
    OWN.mkdir(parents=True, exist_ok=True)
    PARITY.parent.mkdir(parents=True, exist_ok=True)
    detector, steps = trained(Detector(), 'detector')
    served = ServedDetector(folded(detector)).eval()
    x = picture(64, 96) / 255
    with torch.no_grad():
        plain = ServedDetector(detector)(x)
        heat, sides = served(x)
    print('detector: folding and rounding change scores by', float((plain[0] - heat).abs().max()), 'distances by', float((plain[1] - sides).abs().max()))
    torch.onnx.export(served, torch.zeros(1, 3, 224, 384), str(OWN / 'sign-finder.onnx'), input_names=['picture'], output_names=['hm', 'wh'], opset_version=13,
                      dynamic_axes={'picture': {2: 'height', 3: 'width'}, 'hm': {2: 'rows', 3: 'columns'}, 'wh': {2: 'rows', 3: 'columns'}})
    classifier, kind_steps = trained(Classifier(), 'kinds')
    reader = Probabilities(folded(classifier)).eval()
    crop = picture(CROP, CROP) / 255
    with torch.no_grad():
        before, after = Probabilities(classifier)(crop), reader(crop)
    print('classifier: changes probabilities by', float((before - after).abs().max()))
    torch.onnx.export(reader, torch.zeros(1, 3, CROP, CROP), str(OWN / 'sign-kinds.onnx'), input_names=['picture'], output_names=['kinds'], opset_version=13)
    some = lambda tensor: [float(f'{value:.6g}') for value in tensor.flatten().tolist()]
    PARITY.write_text(json.dumps({
        'finder': {'width': 96, 'height': 64, 'every': 3, 'hm': some(heat[:, :, ::3, ::3]), 'wh': some(sides[:, :, ::3, ::3])},
        'kinds': {'side': CROP, 'probabilities': some(after)},
        'groups': {kind.name: kind.group for kind in KINDS},
    }) + '\n')
    print('steps', steps, kind_steps, 'parameters', count(detector), count(classifier), {p.name: p.stat().st_size for p in sorted(OWN.iterdir())})


if __name__ == '__main__':
    main()

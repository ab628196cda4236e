"""The two networks: a heat-map detector of groups of signs, and a classifier of their kinds."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from kinds import GROUPS, KINDS

#: Width of the detector's cells, input pixels.
STRIDE = 8
#: Side of the classifier's input, pixels.
CROP = 32


def conv(i, o, stride=1, kernel=3):
    return nn.Sequential(nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU())


class Add(nn.Module):
    """A convolution whose input is added to its output."""

    def __init__(self, width):
        super().__init__()
        self.inner = conv(width, width)

    def forward(self, x):
        return x + self.inner(x)


class Detector(nn.Module):
    """RGB 0..1 -> heat (logits) [n, groups, h/8, w/8] and logarithms of the sides' distances [n, 4, h/8, w/8]."""

    def __init__(self):
        super().__init__()
        self.s8 = nn.Sequential(conv(3, 8, 2), conv(8, 16, 2), conv(16, 32, 2), Add(32))
        self.s16 = nn.Sequential(conv(32, 48, 2), Add(48))
        self.s32 = nn.Sequential(conv(48, 56, 2), Add(56), Add(56))
        self.to16 = nn.Conv2d(56, 48, 1)
        self.to8 = nn.Conv2d(48, 32, 1)
        self.mix = conv(32, 32)
        self.heat = nn.Conv2d(32, len(GROUPS), 1)
        self.sides = nn.Conv2d(32, 4, 1)
        nn.init.constant_(self.heat.bias, -4.6)
        nn.init.constant_(self.sides.bias, 0.7)

    def forward(self, x):
        a = self.s8(x)
        b = self.s16(a)
        c = self.s32(b)
        b = F.relu(b + F.interpolate(self.to16(c), scale_factor=2.0, mode='nearest'))
        a = self.mix(F.relu(a + F.interpolate(self.to8(b), scale_factor=2.0, mode='nearest')))
        return self.heat(a), self.sides(a)


class ServedDetector(nn.Module):
    """As it is exported: scores 0..1, and distances in input pixels from the cell's corner to the box's sides."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector
        # The middle of the cell is what the distances were learned from.
        self.register_buffer('shift', torch.tensor([-0.5, -0.5, 0.5, 0.5]).view(1, 4, 1, 1) * STRIDE)

    def forward(self, x):
        heat, sides = self.detector(x)
        return torch.sigmoid(heat), torch.exp(sides) * STRIDE + self.shift


class Classifier(nn.Module):
    """RGB 0..1 [n, 3, 32, 32] -> a logit for every kind, the last one for no sign."""

    def __init__(self, w=24):
        super().__init__()
        self.features = nn.Sequential(conv(3, w), conv(w, 2 * w, 2), self.thin(2 * w, 3 * w), self.thin(3 * w, 4 * w, 2), self.thin(4 * w, 5 * w), self.thin(5 * w, 7 * w, 2), self.thin(7 * w, 7 * w))
        self.out = nn.Linear(7 * w, len(KINDS) + 1)

    @staticmethod
    def thin(i, o, stride=1):
        return nn.Sequential(nn.Conv2d(i, i, 3, stride, 1, groups=i, bias=False), nn.BatchNorm2d(i), nn.ReLU(), conv(i, o, kernel=1))

    def forward(self, x):
        pooled = self.features(x).mean((2, 3))
        return self.out(F.dropout(pooled, 0.15, self.training))


def count(net):
    return sum(p.numel() for p in net.parameters())


def macs(net, *shape):
    """Multiply-accumulates of convolutions and linear layers for one input."""
    total = 0

    def hook(layer, _, out):
        nonlocal total
        per = layer.weight[0].numel()
        total += per * out.numel()

    hooks = [m.register_forward_hook(hook) for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for h in hooks:
        h.remove()
    return total

"""The pictograms of signs, drawn from lines and discs, each a little different every time."""
from plates import Canvas


def _at(x, y, s, points):
    return [(x + px * s, y + py * s) for px, py in points]


def person(c: Canvas, x, y, s, colour, stride=None, mirrored=None):
    """Walking; `s` is the height."""
    r = c.rng
    m = -1 if (r.random() < 0.5 if mirrored is None else mirrored) else 1
    stride = r.uniform(0.12, 0.24) if stride is None else stride
    w = r.uniform(0.09, 0.13) * s
    c.disc(x + 0.02 * s * m, y - 0.4 * s, r.uniform(0.085, 0.11) * s, colour)
    c.line(_at(x, y, s, [(0.01 * m, -0.24), (0, 0.06)]), w * 1.35, colour)
    c.line(_at(x, y, s, [(0, 0.05), (stride * 0.6 * m, 0.25), (stride * m, 0.48)]), w, colour)
    c.line(_at(x, y, s, [(0, 0.05), (-stride * 0.5 * m, 0.27), (-stride * 1.2 * m, 0.46)]), w, colour)
    c.line(_at(x, y, s, [(0, -0.22), (0.17 * m, -0.06), (0.2 * m, 0.06)]), w * 0.75, colour)
    c.line(_at(x, y, s, [(0, -0.22), (-0.16 * m, -0.06), (-0.14 * m, 0.06)]), w * 0.75, colour)


def two_persons(c: Canvas, x, y, s, colour):
    r = c.rng
    person(c, x - 0.2 * s, y, s * r.uniform(0.85, 1), colour, mirrored=True)
    person(c, x + 0.2 * s, y + 0.05 * s, s * r.uniform(0.7, 0.92), colour, mirrored=r.random() < 0.7)
    c.line(_at(x, y, s, [(-0.1, -0.02), (0.1, 0.02)]), 0.05 * s, colour)


def adult_and_child(c: Canvas, x, y, s, colour):
    person(c, x - 0.13 * s, y, s, colour, stride=0.1)
    person(c, x + 0.2 * s, y + 0.18 * s, s * 0.62, colour, stride=0.1)


def bicycle(c: Canvas, x, y, s, colour):
    r = c.rng
    w = r.uniform(0.045, 0.065) * s
    for side in (-1, 1):
        c.arc(x + side * 0.27 * s, y + 0.13 * s, 0.2 * s, 0, 360, w, colour)
    m = r.choice((-1, 1))
    c.line(_at(x, y, s, [(-0.27 * m, 0.13), (-0.1 * m, -0.14), (0.17 * m, -0.14), (0.27 * m, 0.13)]), w, colour)
    c.line(_at(x, y, s, [(-0.1 * m, -0.14), (0.02 * m, 0.13), (0.17 * m, -0.14)]), w, colour)
    c.line(_at(x, y, s, [(0.02 * m, 0.13), (-0.27 * m, 0.13)]), w, colour)
    c.line(_at(x, y, s, [(-0.15 * m, -0.21), (-0.03 * m, -0.21)]), w, colour)
    c.line(_at(x, y, s, [(0.17 * m, -0.14), (0.15 * m, -0.25), (0.24 * m, -0.25)]), w, colour)


def car(c: Canvas, x, y, s, colour, back=True):
    """Seen from behind, or from the side."""
    ground = c.white if colour != c.white else c.blue
    if back:
        c.polygon(_at(x, y, s, [(-0.3, -0.05), (-0.2, -0.28), (0.2, -0.28), (0.3, -0.05), (0.3, 0.2), (-0.3, 0.2)]), colour)
        c.polygon(_at(x, y, s, [(-0.2, -0.07), (-0.14, -0.21), (0.14, -0.21), (0.2, -0.07)]), ground)
        for side in (-1, 1):
            c.bar(x + (side * 0.22 - 0.06) * s, y + 0.18 * s, x + (side * 0.22 + 0.06) * s, y + 0.3 * s, colour)
    else:
        c.polygon(_at(x, y, s, [(-0.42, 0.12), (-0.42, -0.02), (-0.24, -0.05), (-0.13, -0.2), (0.18, -0.2), (0.28, -0.04), (0.42, 0), (0.42, 0.12)]), colour)
        for side in (-1, 1):
            c.disc(x + side * 0.24 * s, y + 0.13 * s, 0.085 * s, colour)


def truck(c: Canvas, x, y, s, colour):
    r, m = c.rng, c.rng.choice((-1, 1))
    top = r.uniform(-0.28, -0.2)
    c.polygon(_at(x, y, s, [(-0.42 * m, top), (0.12 * m, top), (0.12 * m, 0.14), (-0.42 * m, 0.14)]), colour)
    c.polygon(_at(x, y, s, [(0.16 * m, -0.12), (0.32 * m, -0.12), (0.42 * m, 0.02), (0.42 * m, 0.14), (0.16 * m, 0.14)]), colour)
    for at in (-0.28, -0.12, 0.28):
        c.disc(x + at * m * s, y + 0.18 * s, 0.075 * s, colour)


def bend(c: Canvas, x, y, s, colour, way):
    """Of the Vienna convention: an arrow that turns. `way` -1 left, 1 right."""
    c.arrow(_at(x, y, s, [(-0.12 * way, 0.4), (-0.12 * way, 0.05), (0.02 * way, -0.12), (0.24 * way, -0.3)]), 0.12 * s, colour)


def bends(c: Canvas, x, y, s, colour):
    m = c.rng.choice((-1, 1))
    c.arrow(_at(x, y, s, [(0.1 * m, 0.42), (0.14 * m, 0.22), (-0.14 * m, 0.02), (-0.1 * m, -0.14), (0.12 * m, -0.38)]), 0.11 * s, colour)


def bumps(c: Canvas, x, y, s, colour):
    for side in (-1, 1):
        c.pen.pieslice([(x + (side * 0.2 - 0.2) * s) * 256, (y - 0.12 * s) * 256, (x + (side * 0.2 + 0.2) * s) * 256, (y + 0.36 * s) * 256], 180, 360, fill=colour)
    c.bar(x - 0.45 * s, y + 0.1 * s, x + 0.45 * s, y + 0.2 * s, colour)


def skid(c: Canvas, x, y, s, colour):
    car(c, x, y - 0.14 * s, s * 0.62, colour)
    w = 0.055 * s
    for side in (-1, 1):
        c.line(_at(x, y, s, [(side * 0.12, 0.1), (side * 0.12 + 0.08, 0.2), (side * 0.12 - 0.06, 0.3), (side * 0.12 + 0.05, 0.42)]), w, colour)


def narrows(c: Canvas, x, y, s, colour):
    one = c.rng.random() < 0.5
    w = 0.09 * s
    c.line(_at(x, y, s, [(0.22, 0.42), (0.22, 0.14), (0.1, -0.1), (0.1, -0.4)]), w, colour)
    left = [(-0.2, 0.42), (-0.2, -0.4)] if one else [(-0.22, 0.42), (-0.22, 0.14), (-0.1, -0.1), (-0.1, -0.4)]
    c.line(_at(x, y, s, left), w, colour)


def worker(c: Canvas, x, y, s, colour):
    w = 0.09 * s
    c.disc(x + 0.05 * s, y - 0.3 * s, 0.09 * s, colour)
    c.line(_at(x, y, s, [(0, -0.16), (-0.14, 0.1)]), w * 1.4, colour)
    c.line(_at(x, y, s, [(-0.14, 0.1), (0, 0.2), (-0.02, 0.42)]), w, colour)
    c.line(_at(x, y, s, [(-0.14, 0.1), (-0.24, 0.24), (-0.34, 0.42)]), w, colour)
    c.line(_at(x, y, s, [(-0.02, -0.12), (0.16, 0.02), (0.34, 0.26)]), w * 0.8, colour)
    c.polygon(_at(x, y, s, [(0.14, 0.42), (0.32, 0.24), (0.46, 0.42)]), colour)


def lights(c: Canvas, x, y, s, colour):
    """A traffic signal, upright or (in Japan) lying, in colours."""
    lying = c.rng.random() < 0.35
    w, h = (0.46, 0.18) if lying else (0.17, 0.44)
    c.bar(x - w * s, y - h * s, x + w * s, y + h * s, colour)
    paints = (c.green, c.yellow, c.red) if lying else (c.red, c.yellow, c.green)
    for k, paint in enumerate(paints):
        off = (k - 1) * 0.29 * s
        c.disc(x + (off if lying else 0), y + (0 if lying else off), 0.115 * s, paint)


def snow(c: Canvas, x, y, s, colour):
    import math
    for k in range(3):
        dx, dy = math.cos(math.pi * k / 3), math.sin(math.pi * k / 3)
        c.line(_at(x, y, s, [(-0.4 * dx, -0.4 * dy), (0.4 * dx, 0.4 * dy)]), 0.06 * s, colour)
        for end in (-1, 1):
            for turn in (-0.5, 0.5):
                bx, by = math.cos(math.pi * k / 3 + turn), math.sin(math.pi * k / 3 + turn)
                c.line(_at(x, y, s, [(0.2 * dx * end, 0.2 * dy * end), (0.2 * dx * end + 0.15 * bx * end, 0.2 * dy * end + 0.15 * by * end)]), 0.05 * s, colour)


def deer(c: Canvas, x, y, s, colour):
    m, w = c.rng.choice((-1, 1)), 0.06 * s
    c.polygon(_at(x, y, s, [(-0.3 * m, -0.02), (0.16 * m, -0.16), (0.24 * m, -0.34), (0.4 * m, -0.28), (0.28 * m, -0.1), (0.18 * m, 0.1), (-0.26 * m, 0.14)]), colour)
    for a, b in ((-0.26, -0.42), (-0.18, -0.2), (0.12, 0.28), (0.16, 0.42)):
        c.line(_at(x, y, s, [(a * m, 0.08), (b * m, 0.4)]), w, colour)
    c.line(_at(x, y, s, [(0.26 * m, -0.32), (0.2 * m, -0.48)]), w * 0.8, colour)
    c.line(_at(x, y, s, [(0.3 * m, -0.32), (0.32 * m, -0.48)]), w * 0.8, colour)


def cross(c: Canvas, x, y, s, colour):
    c.line(_at(x, y, s, [(0, -0.38), (0, 0.38)]), 0.15 * s, colour)
    c.line(_at(x, y, s, [(-0.36, 0.04), (0.36, 0.04)]), 0.15 * s, colour)


def junction(c: Canvas, x, y, s, colour):
    """T and Y."""
    m = c.rng.choice((-1, 0, 1))
    if m:
        c.line(_at(x, y, s, [(-0.05 * m, -0.36), (-0.05 * m, 0.38)]), 0.15 * s, colour)
        c.line(_at(x, y, s, [(-0.05 * m, 0.02), (0.36 * m, 0.02)]), 0.15 * s, colour)
    else:
        c.line(_at(x, y, s, [(-0.36, -0.12), (0.36, -0.12)]), 0.15 * s, colour)
        c.line(_at(x, y, s, [(0, -0.12), (0, 0.38)]), 0.15 * s, colour)


def priority_junction(c: Canvas, x, y, s, colour):
    c.line(_at(x, y, s, [(-0.3, 0.08), (0.3, 0.08)]), 0.08 * s, colour)
    c.line(_at(x, y, s, [(0, 0.42), (0, -0.1)]), 0.19 * s, colour)
    c.polygon(_at(x, y, s, [(0, -0.42), (-0.16, -0.14), (0.16, -0.14)]), colour)


def train(c: Canvas, x, y, s, colour):
    ground = c.yellow if c.rng.random() < 0.8 else c.white
    if c.rng.random() < 0.6:
        c.bar(x - 0.26 * s, y - 0.3 * s, x + 0.26 * s, y + 0.22 * s, colour)
        c.bar(x - 0.19 * s, y - 0.21 * s, x + 0.19 * s, y - 0.02 * s, ground)
        for side in (-1, 1):
            c.disc(x + side * 0.15 * s, y + 0.1 * s, 0.045 * s, ground)
            c.line(_at(x, y, s, [(side * 0.12, 0.22), (side * 0.28, 0.4)]), 0.06 * s, colour)
    else:
        for at in (-0.3, 0.0, 0.3):
            c.line(_at(x, y, s, [(at, -0.26), (at, 0.3)]), 0.07 * s, colour)
        for at in (-0.12, 0.14):
            c.line(_at(x, y, s, [(-0.42, at), (0.42, at)]), 0.07 * s, colour)


def slope(c: Canvas, x, y, s, colour):
    m = c.rng.choice((-1, 1))
    c.polygon(_at(x, y, s, [(-0.36 * m, 0.26), (0.36 * m, 0.26), (0.36 * m, -0.06)]), colour)
    c.text(f'{c.rng.choice((5, 6, 8, 10, 12))}%', x - 0.06 * m * s, y - 0.16 * s, 0.2 * s, colour)


def merge(c: Canvas, x, y, s, colour):
    m = c.rng.choice((-1, 1))
    c.arrow(_at(x, y, s, [(0.08 * m, 0.4), (0.08 * m, -0.42)]), 0.13 * s, colour)
    c.line(_at(x, y, s, [(-0.26 * m, 0.4), (-0.22 * m, 0.2), (0.06 * m, -0.02)]), 0.1 * s, colour)


def two_way(c: Canvas, x, y, s, colour):
    c.arrow(_at(x, y, s, [(-0.16, -0.36), (-0.16, 0.38)]), 0.12 * s, colour)
    c.arrow(_at(x, y, s, [(0.16, 0.36), (0.16, -0.38)]), 0.12 * s, colour)

"""How the signs that are more than a plate with one figure are painted."""
import figures as f
import plates as p
from plates import JAPANESE, LATIN, Canvas


def limit(number):
    """A speed limit: black on white (Vienna) or blue on white (Japan)."""
    def paint(c: Canvas):
        p.ring(c)
        colour = c.blue if c.rng.random() < 0.5 else c.black
        wide = c.rng.uniform(0.38, 0.54) * (1.12 if number > 99 else 1)
        c.text(str(number), 0.5, 0.5, c.rng.uniform(0.3, 0.4), colour, width=wide)
    return paint


def end_limit(c: Canvas):
    ink = p.grey_ring(c)
    c.text(str(c.rng.choice((30, 40, 50, 60, 70, 80, 80, 80, 100))), 0.5, 0.5, c.rng.uniform(0.3, 0.42), ink, width=0.52)
    _grey_slashes(c)


def _grey_slashes(c: Canvas):
    for k in range(-2, 3):
        c.line([(0.26 + k * 0.05, 0.78 + k * 0.03), (0.74 + k * 0.05, 0.22 + k * 0.03)], 0.022, c.black)


def end_all(c: Canvas):
    p.grey_ring(c)
    _grey_slashes(c)


def end_overtaking(trucks):
    def paint(c: Canvas):
        ink = p.grey_ring(c)
        (f.truck if trucks else f.car)(c, 0.34, 0.5, 0.38, ink)
        f.car(c, 0.67, 0.5, 0.38, ink)
        _grey_slashes(c)
    return paint


def no_overtaking(trucks):
    def paint(c: Canvas):
        ink = p.ring(c)
        (f.truck if trucks else f.car)(c, 0.33, 0.5, 0.4, c.red)
        f.car(c, 0.66, 0.5, 0.38, ink)
    return paint


def no_overtaking_japan(c: Canvas):
    """314: an arrow that would swing out across a line."""
    ink = p.ring(c)
    c.line([(0.55, 0.2), (0.55, 0.8)], 0.05, c.red)
    c.arrow([(0.38, 0.76), (0.38, 0.6), (0.66, 0.45), (0.66, 0.22)], 0.08, c.blue if c.rng.random() < 0.7 else ink)


def slash(c: Canvas, colour=None, width=0.09):
    c.line([(0.22, 0.22), (0.78, 0.78)], width * c.rng.uniform(0.85, 1.2), colour or c.red)


def no_parking(c: Canvas):
    p.blue_ring(c)
    slash(c, width=0.1)


def no_stopping(c: Canvas):
    p.blue_ring(c)
    slash(c, width=0.1)
    c.line([(0.22, 0.78), (0.78, 0.22)], 0.1, c.red)


def no_vehicles(c: Canvas):
    """302 of Japan, or the empty ring of the Vienna convention."""
    p.ring(c)
    if c.rng.random() < 0.5:
        slash(c, width=0.1)


def road_closed(c: Canvas):
    """301: closed to all."""
    p.ring(c)
    slash(c)
    c.line([(0.22, 0.78), (0.78, 0.22)], 0.09, c.red)
    if c.rng.random() < 0.7:
        c.text('通行止', 0.5, 0.5, 0.19, c.blue, JAPANESE, width=0.66)


def banned(figure, size=0.5):
    """A figure in a red ring, with the bar of Japan and of some European countries or without."""
    def paint(c: Canvas):
        ink = p.ring(c)
        figure(c, 0.5, 0.5, size * c.rng.uniform(0.92, 1.08), c.blue if c.rng.random() < 0.4 else ink)
        if c.rng.random() < 0.55:
            slash(c, width=0.075)
    return paint


def no_turn(kind):
    """No turning round, to the left, to the right."""
    def paint(c: Canvas):
        ink = p.ring(c)
        ink = c.blue if c.rng.random() < 0.5 else ink
        if kind == 'u':
            c.line([(0.62, 0.74), (0.62, 0.4), (0.57, 0.32), (0.45, 0.32), (0.4, 0.4)], 0.08, ink)
            c.arrow([(0.4, 0.4), (0.4, 0.68)], 0.08, ink)
        else:
            m = -1 if kind == 'left' else 1
            c.arrow([(0.5 - 0.1 * m, 0.74), (0.5 - 0.1 * m, 0.44), (0.5 + 0.27 * m, 0.44)], 0.09, ink)
        slash(c, width=0.08)
    return paint


def measure(unit):
    """320 and 321: a weight or height."""
    def paint(c: Canvas):
        ink = p.ring(c)
        c.text(f'{c.rng.randint(2, 9)}.{c.rng.randint(0, 9)}{unit}', 0.5, 0.5, c.rng.uniform(0.19, 0.25), c.blue if c.rng.random() < 0.6 else ink, width=0.58)
        if unit == 'm':
            for y, m in ((0.2, 1), (0.8, -1)):
                c.polygon([(0.42, y), (0.58, y), (0.5, y + 0.1 * m)], ink)
    return paint


def stop_japan(c: Canvas):
    ink = p.down_triangle_red(c)
    two = c.rng.random() < 0.55
    c.text('止まれ', 0.5, 0.3 if two else 0.34, c.rng.uniform(0.14, 0.21), ink, JAPANESE, width=c.rng.uniform(0.44, 0.56))
    if two:
        c.text('STOP', 0.5, 0.49, c.rng.uniform(0.08, 0.12), ink, width=c.rng.uniform(0.24, 0.34))


def stop_octagon(c: Canvas):
    ink = p.octagon(c)
    words = 'STOP' if c.rng.random() < 0.9 else c.rng.choice(('PARE', 'ALTO', 'ARRÊT'))
    c.text(words, 0.5, 0.5, c.rng.uniform(0.26, 0.36), ink, width=c.rng.uniform(0.64, 0.8))


def slow(c: Canvas):
    ink = p.down_triangle_white(c)
    two = c.rng.random() < 0.5
    c.text('徐行', 0.5, 0.32 if two else 0.36, c.rng.uniform(0.16, 0.23), ink, JAPANESE, width=c.rng.uniform(0.34, 0.42))
    if two:
        c.text('SLOW', 0.5, 0.5, 0.1, ink, width=0.24)


def give_way(c: Canvas):
    p.down_triangle_white(c)


def no_entry(c: Canvas):
    ink = p.red_disc(c)
    high = c.rng.uniform(0.07, 0.1)
    wide = c.rng.uniform(0.31, 0.37)
    c.bar(0.5 - wide, 0.5 - high, 0.5 + wide, 0.5 + high, ink)


def warns(figure, diamond=True, triangle=True, size=0.46):
    """The same danger on Japan's diamond and on the red triangle."""
    def paint(c: Canvas):
        on_diamond = diamond and (not triangle or c.rng.random() < 0.5)
        ink = (p.diamond if on_diamond else p.warning_triangle)(c)
        y = 0.5 if on_diamond else c.rng.uniform(0.59, 0.63)
        scale = 1.12 if on_diamond else 0.92
        figure(c, 0.5, y, size * scale * c.rng.uniform(0.9, 1.1), ink)
    return paint


def exclamation(c: Canvas, x, y, s, colour):
    c.polygon([(x - 0.12 * s, y - 0.45 * s), (x + 0.12 * s, y - 0.45 * s), (x + 0.06 * s, y + 0.18 * s), (x - 0.06 * s, y + 0.18 * s)], colour)
    c.disc(x, y + 0.36 * s, 0.11 * s, colour)


def bend(way):
    return lambda c, x, y, s, colour: f.bend(c, x, y, s * 1.1, colour, way)


def mandatory(*arrows, width=0.12):
    """White arrows on a blue disc."""
    def paint(c: Canvas):
        ink = p.blue_disc(c)
        w = width * c.rng.uniform(0.85, 1.15)
        for points in arrows:
            c.arrow(points, w, ink, head=c.rng.uniform(2.2, 2.8))
    return paint


UP = [(0.5, 0.84), (0.5, 0.14)]
FORK = 0.6


def turn(way, from_y=0.84):
    """From below and to one side, or straight to the side."""
    return [(0.5 - 0.12 * way, from_y), (0.5 - 0.12 * way, 0.5), (0.5 + 0.36 * way, 0.5)]


def go(way):
    bent, flat = mandatory(turn(way)), mandatory([(0.5 - 0.36 * way, 0.5), (0.5 + 0.36 * way, 0.5)])
    return lambda c: (bent if c.rng.random() < 0.8 else flat)(c)


def roundabout(c: Canvas):
    import math
    ink = p.blue_disc(c)
    turned = c.rng.uniform(0, 2.1)
    for k in range(3):
        a = turned + k * 2 * math.pi / 3
        points = [(0.5 + 0.28 * math.cos(a + t), 0.5 + 0.28 * math.sin(a + t)) for t in (0, 0.35, 0.7, 1.05, 1.45)]
        c.arrow(points, 0.09, ink)


def on_disc(figure, size=0.6):
    def paint(c: Canvas):
        figure(c, 0.5, 0.5, size * c.rng.uniform(0.9, 1.1), p.blue_disc(c))
    return paint


def foot_and_cycle(c: Canvas):
    ink = p.blue_disc(c)
    f.adult_and_child(c, 0.5, 0.34, 0.4, ink)
    f.bicycle(c, 0.5, 0.68, 0.44, ink)


def crossing(c: Canvas):
    """407-A, or the blue square with a white triangle."""
    if c.rng.random() < 0.65:
        ground = p.house(c)
        c.polygon([(0.5, 0.2), (0.84, 0.88), (0.16, 0.88)], ground)
    else:
        ground = p.blue_square(c)
        c.polygon([(0.5, 0.12), (0.9, 0.84), (0.1, 0.84)], ground)
    f.person(c, 0.5, 0.6, 0.46, c.black)
    for k in range(3):
        if c.rng.random() < 0.6:
            c.bar(0.3 + k * 0.15, 0.8, 0.36 + k * 0.15, 0.86, c.black)


def cycle_crossing(c: Canvas):
    ground = p.house(c)
    c.polygon([(0.5, 0.2), (0.84, 0.88), (0.16, 0.88)], ground)
    f.bicycle(c, 0.5, 0.66, 0.44, c.black)


def parking(c: Canvas):
    ink = p.blue_square(c)
    c.text('P', 0.5, 0.5, c.rng.uniform(0.5, 0.68), ink, width=c.rng.uniform(0.36, 0.48))


def one_way(c: Canvas):
    """326: a broad white arrow on blue."""
    p.wide_plate(c, low=0.42, high=0.5)
    m = c.rng.choice((-1, 1))
    w = c.rng.uniform(0.085, 0.11)
    c.polygon([(0.5 - 0.4 * m, 0.5 - w / 2), (0.5 + 0.1 * m, 0.5 - w / 2), (0.5 + 0.1 * m, 0.5 - 1.5 * w), (0.5 + 0.42 * m, 0.5), (0.5 + 0.1 * m, 0.5 + 1.5 * w), (0.5 + 0.1 * m, 0.5 + w / 2), (0.5 - 0.4 * m, 0.5 + w / 2)], c.white)


def route(c: Canvas):
    ink = p.shield(c)
    c.text('国道', 0.5, 0.2, 0.12, ink, JAPANESE, width=0.26)
    c.text(str(c.rng.randint(1, 507)), 0.5, 0.46, 0.3, ink, width=0.46)
    if c.rng.random() < 0.6:
        c.text('ROUTE', 0.5, 0.71, 0.08, ink, width=0.24)


PLACES = '東京 横浜 千葉 銀座 新宿 渋谷 大阪 梅田 京都 名古屋 札幌 福岡 広島 仙台 品川 上野 池袋 環八 市役所 空港 港 駅 出口 入口 首都高 府中 川崎 神戸'.split()


def board(c: Canvas):
    """105 to 108: places and arrows on blue, or on green for expressways."""
    half = p.wide_plate(c, colour=c.green if c.rng.random() < 0.35 else c.blue, low=0.5, high=0.94)
    rows = max(1, int(half / 0.13))
    arrow = c.rng.random()
    for k in range(rows):
        y = 0.5 - half + (k + 0.5) * 2 * half / rows
        c.text(c.rng.choice(PLACES), 0.66 if arrow < 0.7 else 0.5, y, min(0.14, 0.9 * half / rows), c.white, JAPANESE, width=c.rng.uniform(0.24, 0.44))
    if arrow < 0.4:
        c.arrow([(0.22, 0.5 + half * 0.75), (0.22, 0.5 - half * 0.75)], 0.05, c.white)
    if 0.2 < arrow < 0.7:
        c.arrow([(0.22, 0.5), (0.22 + c.rng.choice((-0.14, 0.16)), 0.5)], 0.05, c.white)

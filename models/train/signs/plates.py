"""A canvas in units of the sign (0..1, y down) and the plates that signs are painted on."""
import math
import random

from PIL import Image, ImageDraw, ImageFont

SIZE = 256
FONTS = '/usr/share/fonts'
JAPANESE = [(f'{FONTS}/opentype/noto/NotoSansCJK-{w}.ttc', 0) for w in ('Bold', 'Regular')]
LATIN = [
    (f'{FONTS}/truetype/dejavu/DejaVuSans-Bold.ttf', 0),
    (f'{FONTS}/truetype/dejavu/DejaVuSansCondensed-Bold.ttf', 0),
    (f'{FONTS}/truetype/liberation/LiberationSans-Bold.ttf', 0),
    (f'{FONTS}/truetype/liberation/LiberationSansNarrow-Bold.ttf', 0),
    (f'{FONTS}/opentype/urw-base35/NimbusSansNarrow-Bold.otf', 0),
    (f'{FONTS}/opentype/noto/NotoSansCJK-Bold.ttc', 0),
]
_fonts: dict = {}


def font(choice, size):
    key = (choice, size)
    if key not in _fonts:
        _fonts[key] = ImageFont.truetype(choice[0], size, index=choice[1])
    return _fonts[key]


def shade(rng: random.Random, rgb, spread=26):
    """One paint as it comes from several makers, bleached or not."""
    common = rng.uniform(-spread, spread)
    return tuple(int(max(0, min(255, v + common + rng.uniform(-spread / 2, spread / 2)))) for v in rgb)


class Canvas:
    """Draws in units of the plate; colours of one sign are chosen once."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.image = Image.new('RGBA', (SIZE, SIZE), (0, 0, 0, 0))
        self.pen = ImageDraw.Draw(self.image)
        self.red = shade(rng, (198, 28, 36))
        self.blue = shade(rng, (28, 78, 170))
        self.green = shade(rng, (20, 110, 70))
        self.yellow = shade(rng, (240, 190, 20))
        self.white = shade(rng, (235, 235, 232), 16)
        self.black = shade(rng, (26, 26, 30), 14)
        self.grey = shade(rng, (120, 122, 126))

    @staticmethod
    def _px(points):
        return [(x * SIZE, y * SIZE) for x, y in points]

    def polygon(self, points, colour):
        self.pen.polygon(self._px(points), fill=colour)

    def disc(self, x, y, radius, colour):
        self.pen.ellipse([(x - radius) * SIZE, (y - radius) * SIZE, (x + radius) * SIZE, (y + radius) * SIZE], fill=colour)

    def line(self, points, width, colour):
        self.pen.line(self._px(points), fill=colour, width=max(1, int(width * SIZE)), joint='curve')
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2.2, colour)

    def bar(self, x0, y0, x1, y1, colour):
        self.pen.rectangle([x0 * SIZE, y0 * SIZE, x1 * SIZE, y1 * SIZE], fill=colour)

    def arc(self, x, y, radius, start, end, width, colour):
        self.pen.arc([(x - radius) * SIZE, (y - radius) * SIZE, (x + radius) * SIZE, (y + radius) * SIZE], start, end, fill=colour, width=int(width * SIZE))

    def text(self, words, x, y, height, colour, fonts=LATIN, width=None):
        """Centred at x, y; `height` of the letters; squeezed to `width` where given."""
        size = max(8, int(height * SIZE * 1.35))
        face = font(self.rng.choice(fonts), size)
        left, top, right, bottom = face.getbbox(words)
        layer = Image.new('L', (right - left + 4, bottom - top + 4), 0)
        ImageDraw.Draw(layer).text((2 - left, 2 - top), words, font=face, fill=255)
        wide = layer.width if width is None else min(layer.width, int(width * SIZE))
        layer = layer.resize((max(1, wide), max(1, int(height * SIZE))), Image.BILINEAR)
        at = (int(x * SIZE - layer.width / 2), int(y * SIZE - layer.height / 2))
        self.image.paste(Image.new('RGBA', layer.size, (*colour, 255)), at, layer)

    def arrow(self, points, width, colour, head=2.6):
        """A line along points that ends in an arrow head."""
        (x0, y0), (x1, y1) = points[-2:]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        side = width * head / 2
        neck = (x1 - dx * side * 1.3, y1 - dy * side * 1.3)
        self.line([*points[:-1], neck], width, colour)
        self.polygon([(x1, y1), (neck[0] - dy * side, neck[1] + dx * side), (neck[0] + dy * side, neck[1] - dx * side)], colour)


def regular(sides, radius, turn=0.0, x=0.5, y=0.5):
    return [(x + radius * math.sin(turn + 2 * math.pi * k / sides), y - radius * math.cos(turn + 2 * math.pi * k / sides)) for k in range(sides)]


# Plates. Each paints its ground and border, and returns the colour that figures on it have.

def ring(c: Canvas, ground='white'):
    c.disc(0.5, 0.5, 0.49, c.white)
    c.disc(0.5, 0.5, c.rng.uniform(0.465, 0.488), c.red)
    c.disc(0.5, 0.5, c.rng.uniform(0.33, 0.4), getattr(c, ground))
    return c.black


def blue_ring(c: Canvas):
    return ring(c, 'blue')


def grey_ring(c: Canvas):
    c.disc(0.5, 0.5, 0.49, c.black if c.rng.random() < 0.5 else c.grey)
    c.disc(0.5, 0.5, c.rng.uniform(0.46, 0.475), c.white)
    return c.grey


def blue_disc(c: Canvas):
    c.disc(0.5, 0.5, 0.49, c.white)
    c.disc(0.5, 0.5, c.rng.uniform(0.455, 0.485), c.blue)
    return c.white


def red_disc(c: Canvas):
    c.disc(0.5, 0.5, 0.49, c.white)
    c.disc(0.5, 0.5, c.rng.uniform(0.46, 0.487), c.red)
    return c.white


def octagon(c: Canvas):
    c.polygon(regular(8, 0.52, math.pi / 8), c.white)
    c.polygon(regular(8, c.rng.uniform(0.47, 0.5), math.pi / 8), c.red)
    return c.white


def _triangle(c: Canvas, inset, down):
    """Of sides 1, its tips rounded a little by cutting them."""
    cut = 0.03
    top, bottom, half = 0.07 + inset, 0.93 - inset / 2, 0.5 - inset * 1.3
    points = [(0.5 - cut, top), (0.5 + cut, top), (0.5 + half, bottom - cut), (0.5 + half - cut, bottom), (0.5 - half + cut, bottom), (0.5 - half, bottom - cut)]
    return [(x, 1 - y) for x, y in points] if down else points


def warning_triangle(c: Canvas):
    c.polygon(_triangle(c, 0, False), c.white)
    c.polygon(_triangle(c, 0.015, False), c.red)
    inner = c.rng.uniform(0.14, 0.2)
    c.polygon(_triangle(c, inner, False), c.yellow if c.rng.random() < 0.06 else c.white)
    return c.black


def down_triangle_white(c: Canvas):
    c.polygon(_triangle(c, 0, True), c.white)
    c.polygon(_triangle(c, 0.015, True), c.red)
    c.polygon(_triangle(c, c.rng.uniform(0.13, 0.21), True), c.white)
    return c.blue


def down_triangle_red(c: Canvas):
    c.polygon(_triangle(c, 0, True), c.white)
    c.polygon(_triangle(c, c.rng.uniform(0.015, 0.05), True), c.red)
    return c.white


def diamond(c: Canvas):
    c.polygon(regular(4, 0.5), c.black if c.rng.random() < 0.5 else c.yellow)
    c.polygon(regular(4, 0.485), c.yellow)
    if c.rng.random() < 0.85:
        c.polygon(regular(4, 0.455), c.black)
        c.polygon(regular(4, 0.43), c.yellow)
    return c.black


def priority_diamond(c: Canvas):
    c.polygon(regular(4, 0.5), c.black)
    c.polygon(regular(4, 0.49), c.white)
    c.polygon(regular(4, c.rng.uniform(0.32, 0.38)), c.yellow)
    return c.black


def blue_square(c: Canvas):
    c.bar(0.02, 0.02, 0.98, 0.98, c.white)
    inset = c.rng.uniform(0.03, 0.06)
    c.bar(inset, inset, 1 - inset, 1 - inset, c.blue)
    return c.white


def house(c: Canvas):
    """The pentagon of Japan's crossings (407)."""
    for inset, colour in ((0, c.white), (c.rng.uniform(0.02, 0.04), c.blue)):
        c.polygon([(0.5, 0.02 + inset), (0.98 - inset, 0.42), (0.88 - inset, 0.98 - inset), (0.12 + inset, 0.98 - inset), (0.02 + inset, 0.42)], colour)
    return c.white


def wide_plate(c: Canvas, colour=None, low=0.3, high=0.38):
    """A plate wider than high."""
    half = c.rng.uniform(low, high) / 2
    c.bar(0.01, 0.5 - half, 0.99, 0.5 + half, c.white)
    c.bar(0.03, 0.52 - half, 0.97, 0.48 + half, colour or c.blue)
    return half


def shield(c: Canvas):
    """The number plate of Japan's national routes (118)."""
    for inset, colour in ((0, c.white), (0.03, c.blue)):
        c.polygon([(0.04 + inset, 0.16 + inset), (0.2, 0.07 + inset), (0.8, 0.07 + inset), (0.96 - inset, 0.16 + inset), (0.9 - inset, 0.4), (0.62, 0.9), (0.5, 0.96 - inset), (0.38, 0.9), (0.1 + inset, 0.4)], colour)
    return c.white

"""Puts painted signs into pictures as a camera would see them there."""
import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

#: Noise drawn once; pieces of it are laid over pictures.
GRAIN = np.random.default_rng(7).normal(0, 1, 400_000).astype(np.float32)


def tilt(sign: Image.Image, longest: float, rng: random.Random, strength=1.0) -> Image.Image:
    """Turned, in perspective and reduced, so that its longer side is `longest` pixels; cut to what is seen."""
    w, h = sign.size
    squeeze = 1.0 if rng.random() < 0.3 else rng.uniform(1 - 0.38 * strength, 1.0)
    scale = longest / max(w * squeeze, h) * 2
    tw, th = max(4, round(w * scale * squeeze)), max(4, round(h * scale))
    small = sign.resize((tw, th), Image.BOX if scale < 1 else Image.BILINEAR)
    margin = 0.16
    mw, mh = tw * margin, th * margin
    jx, jy = tw * 0.1 * strength, th * 0.1 * strength
    padded = Image.new('RGBA', (round(tw + 2 * mw), round(th + 2 * mh)))
    padded.paste(small, (round(mw), round(mh)))
    pw, ph = padded.size
    j = lambda x, y: (x + rng.uniform(-jx, jx), y + rng.uniform(-jy, jy))
    quad = (*j(0, 0), *j(0, ph), *j(pw, ph), *j(pw, 0))
    seen = padded.transform((pw, ph), Image.QUAD, quad, Image.BILINEAR)
    if rng.random() < 0.7:
        seen = seen.rotate(rng.gauss(0, 4.5 * strength), Image.BILINEAR, expand=True)
    seen = seen.resize((max(2, seen.width // 2), max(2, seen.height // 2)), Image.BOX)
    box = seen.getchannel('A').point(lambda a: 255 if a > 100 else 0).getbbox()
    return seen.crop(box) if box else seen


def light(sign: Image.Image, rng: random.Random, around: float) -> Image.Image:
    """Brightness after the surroundings (0..255), against the light or not, with a gradient and a colour cast."""
    pixels = np.asarray(sign).astype(np.float32)
    level = (0.25 + 0.75 * around / 150) * rng.uniform(0.6, 1.25)
    if rng.random() < 0.15:
        level *= rng.uniform(0.3, 0.6)
    h, w = pixels.shape[:2]
    slope = rng.uniform(-0.3, 0.3) * (np.arange(w)[None, :, None] / w - 0.5) + rng.uniform(-0.3, 0.3) * (np.arange(h)[:, None, None] / h - 0.5)
    cast = np.array([rng.uniform(0.88, 1.1) for _ in range(3)], np.float32)
    lit = pixels[..., :3] * cast * max(0.12, min(1.35, level)) * (1 + slope)
    haze = rng.uniform(0, 0.35) if rng.random() < 0.35 else rng.uniform(0, 0.08)
    lit = lit * (1 - haze) + haze * around
    if rng.random() < 0.06:
        # A reflection or a shadow's edge across it.
        edge = (np.arange(w)[None, :] * math.cos(a := rng.uniform(0, 6.28)) + np.arange(h)[:, None] * math.sin(a)) > rng.uniform(0.2, 0.8) * w
        lit = np.where(edge[..., None], lit * rng.uniform(0.4, 1.5), lit)
    pixels[..., :3] = lit.clip(0, 255)
    return Image.fromarray(pixels.astype(np.uint8), 'RGBA')


def cover(sign: Image.Image, rng: random.Random) -> Image.Image:
    """Takes a piece away, as a leaf or a post before it does."""
    alpha = sign.getchannel('A')
    pen = ImageDraw.Draw(alpha)
    w, h = sign.size
    for _ in range(rng.randint(1, 3)):
        if rng.random() < 0.4:
            x = rng.uniform(0, w)
            pen.line([(x, 0), (x + rng.uniform(-0.2, 0.2) * w, h)], fill=0, width=max(1, int(w * rng.uniform(0.04, 0.12))))
        else:
            x, y, r = rng.choice((0, w)) + rng.uniform(-0.2, 0.2) * w, rng.uniform(0, h), rng.uniform(0.1, 0.28) * w
            pen.ellipse([x - r, y - r * rng.uniform(0.5, 1.5), x + r, y + r], fill=0)
    sign.putalpha(alpha)
    return sign


def around(picture: Image.Image, x: int, y: int, w: int, h: int) -> float:
    part = picture.crop((x - w // 2, y - h // 2, x + w + w // 2, y + h + h // 2)).resize((1, 1), Image.BOX)
    r, g, b = part.getpixel((0, 0))
    return 0.3 * r + 0.59 * g + 0.11 * b


def post(picture: Image.Image, x: int, y: int, w: int, h: int, rng: random.Random):
    """What holds a sign, and at times the plate below it."""
    pen = ImageDraw.Draw(picture)
    level = int(rng.uniform(50, 190))
    thick = max(1, int(w * rng.uniform(0.05, 0.1)))
    middle = x + w // 2
    pen.line([(middle, y + h // 2), (middle, y + h * rng.randint(2, 6))], fill=(level, level, level), width=thick)
    if rng.random() < 0.25:
        top, high = y + h + max(1, h // 20), max(2, int(h * rng.uniform(0.2, 0.45)))
        paper = int(rng.uniform(120, 240))
        pen.rectangle([x + w // 10, top, x + w - w // 10, top + high], fill=(paper, paper, paper))
        pen.line([(x + w // 4, top + high // 2), (x + 3 * w // 4, top + high // 2)], fill=(30, 30, 40), width=max(1, high // 3))


def paste(picture: Image.Image, sign: Image.Image, x: int, y: int, rng: random.Random, standing=True):
    """Into `picture`, its corner at x, y. @returns its box"""
    w, h = sign.size
    if standing and rng.random() < 0.6:
        post(picture, x, y, w, h, rng)
    lit = light(sign, rng, around(picture, x, y, w, h))
    if rng.random() < 0.1:
        lit = cover(lit, rng)
    if rng.random() < 0.5:
        lit = lit.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.9)))
    picture.paste(lit, (x, y), lit)
    return (x, y, x + w, y + h)


def spoil(picture: Image.Image, rng: random.Random) -> Image.Image:
    """What lens, sensor and encoder do to the whole picture."""
    if rng.random() < 0.5:
        picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.55, 1.4))
    if rng.random() < 0.5:
        picture = ImageEnhance.Contrast(picture).enhance(rng.uniform(0.6, 1.4))
    if rng.random() < 0.5:
        picture = ImageEnhance.Color(picture).enhance(rng.uniform(0.5, 1.6))
    if rng.random() < 0.25:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0)))
    if rng.random() < 0.12:
        # Motion: the mean of the picture and its neighbours to one side.
        shifted = picture.transform(picture.size, Image.AFFINE, (1, 0, rng.choice((-2, -1, 1, 2)), 0, 1, rng.choice((-1, 0, 1))), Image.BILINEAR)
        picture = Image.blend(picture, shifted, 0.5)
    if rng.random() < 0.4:
        pixels = np.asarray(picture).astype(np.int16)
        size, planes = pixels.size, 1 if rng.random() < 0.5 else 3
        start = rng.randrange(len(GRAIN) - size)
        noise = GRAIN[start:start + size].reshape(pixels.shape)[..., :planes] * rng.uniform(2, 12)
        picture = Image.fromarray((pixels + noise.astype(np.int16)).clip(0, 255).astype(np.uint8))
    if rng.random() < 0.06:
        pen = ImageDraw.Draw(picture)
        lean = rng.uniform(-4, 4)
        for _ in range(rng.randint(10, 60)):
            x, y, long = rng.uniform(0, picture.width), rng.uniform(0, picture.height), rng.uniform(4, 14)
            grey = int(rng.uniform(150, 230))
            pen.line([(x, y), (x + lean, y + long)], fill=(grey, grey, grey), width=1)
    return picture

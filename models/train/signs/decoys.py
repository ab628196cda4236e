"""Coloured things that are no signs, so that colour and outline alone do not make one."""
import random

from plates import JAPANESE, LATIN, Canvas, regular

WORDS = '営業中 ラーメン 薬 質 駐車場 月極 不動産 酒 本 寿司 焼肉 買取 無料 歯科 整体 美容室'.split() + ['CAFE', 'BAR', 'OPEN', 'SALE', 'TAXI', '24', 'P&R', 'SUSHI', '100', '50%']


def decoy(rng: random.Random):
    """@returns a PIL image with alpha"""
    c = Canvas(rng)
    paints = [c.red, c.blue, c.yellow, c.green, c.white, c.black, c.grey, tuple(rng.randint(0, 255) for _ in range(3))]
    pick = lambda: rng.choice(paints)
    kind = rng.randrange(7)
    if kind == 0:  # a lamp or a lit disc
        c.disc(0.5, 0.5, 0.49, rng.choice((c.black, c.grey, pick())))
        c.disc(0.5, 0.5, rng.uniform(0.2, 0.45), pick())
    elif kind == 1:  # a wheel
        c.disc(0.5, 0.5, 0.49, c.black)
        c.disc(0.5, 0.5, rng.uniform(0.25, 0.36), c.grey)
        for x, y in regular(rng.randint(3, 8), 0.2):
            c.disc(x, y, 0.05, c.black)
    elif kind == 2:  # a shop's board, upright or lying
        wide, high = rng.choice(((0.98, rng.uniform(0.2, 0.6)), (rng.uniform(0.2, 0.6), 0.98)))
        c.bar(0.5 - wide / 2, 0.5 - high / 2, 0.5 + wide / 2, 0.5 + high / 2, pick())
        ink, word = pick(), rng.choice(WORDS)
        if wide > high:
            c.text(word, 0.5, 0.5, high * rng.uniform(0.4, 0.8), ink, JAPANESE, width=wide * rng.uniform(0.5, 0.9))
        else:
            for k, letter in enumerate(word[:4]):
                c.text(letter, 0.5, 0.5 - high / 2 + (k + 0.5) * high / min(4, len(word)), min(wide, high / 4) * 0.7, ink, JAPANESE)
    elif kind == 3:  # stripes: barriers, awnings
        a, b = pick(), pick()
        n = rng.randint(3, 8)
        for k in range(n):
            c.bar(k / n, 0.3, (k + 1) / n, 0.7, a if k % 2 else b)
    elif kind == 4:  # a patch of one colour
        c.polygon([(rng.uniform(0, 0.4), rng.uniform(0, 0.4)), (rng.uniform(0.6, 1), rng.uniform(0, 0.4)), (rng.uniform(0.6, 1), rng.uniform(0.6, 1)), (rng.uniform(0, 0.4), rng.uniform(0.6, 1))], pick())
    elif kind == 5:  # a trade mark: a disc or square with a letter
        (lambda col: c.disc(0.5, 0.5, 0.48, col) if rng.random() < 0.5 else c.bar(0.05, 0.05, 0.95, 0.95, col))(rng.choice((c.green, c.yellow, c.white, paints[-1], c.black)))
        c.text(rng.choice('AEFGHKMQRWXZ'), 0.5, 0.5, 0.5, pick(), LATIN)
    else:  # a plate of a car
        c.bar(0.02, 0.36, 0.98, 0.64, c.white)
        c.text(f'{rng.randint(10, 99)}-{rng.randint(10, 99)}', 0.5, 0.5, 0.2, rng.choice((c.black, c.green)), width=0.8)
    return c.image.crop(c.image.getbbox() or (0, 0, 8, 8))

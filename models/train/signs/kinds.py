"""The kinds of signs that are read: name, group, class in GTSDB (none: rendered only), whether Japan has it, painting."""
import random
from typing import NamedTuple

import figures as f
import paintings as w
import plates as p
from plates import Canvas

GROUPS = ('prohibition', 'end', 'warning', 'mandatory', 'guide', 'stop', 'yield', 'no-entry', 'priority')


class Kind(NamedTuple):
    name: str
    group: str
    gtsdb: int | None
    japan: bool
    paint: object


def _ahead(name):
    """Warnings of what stands at the next junction: the stop triangle or signal lights in small."""
    return {'signal': f.lights}[name]


def _octagon_or_triangle(c: Canvas):
    (w.stop_japan if c.rng.random() < 0.6 else w.stop_octagon)(c)


def _priority(c: Canvas):
    p.priority_diamond(c)


KINDS = (
    *(Kind(f'limit-{n}', 'prohibition', g, n <= 100, w.limit(n)) for n, g in
      ((20, 0), (30, 1), (40, None), (50, 2), (60, 3), (70, 4), (80, 5), (100, 7), (120, 8))),
    Kind('no-overtaking', 'prohibition', 9, False, w.no_overtaking(False)),
    Kind('no-overtaking-trucks', 'prohibition', 10, False, w.no_overtaking(True)),
    Kind('no-crossing-over', 'prohibition', None, True, w.no_overtaking_japan),
    Kind('no-vehicles', 'prohibition', 15, True, w.no_vehicles),
    Kind('road-closed', 'prohibition', None, True, w.road_closed),
    Kind('no-trucks', 'prohibition', 16, True, w.banned(f.truck, 0.62)),
    Kind('no-bicycles', 'prohibition', None, True, w.banned(f.bicycle, 0.64)),
    Kind('no-pedestrians', 'prohibition', None, True, w.banned(f.person, 0.58)),
    Kind('no-u-turn', 'prohibition', None, True, w.no_turn('u')),
    Kind('no-left-turn', 'prohibition', None, False, w.no_turn('left')),
    Kind('no-right-turn', 'prohibition', None, False, w.no_turn('right')),
    Kind('weight-limit', 'prohibition', None, True, w.measure('t')),
    Kind('height-limit', 'prohibition', None, True, w.measure('m')),
    Kind('no-parking', 'prohibition', None, True, w.no_parking),
    Kind('no-stopping', 'prohibition', None, True, w.no_stopping),
    Kind('end-limit', 'end', 6, False, w.end_limit),
    Kind('end-all', 'end', 32, False, w.end_all),
    Kind('end-no-overtaking', 'end', 41, False, w.end_overtaking(False)),
    Kind('end-no-overtaking-trucks', 'end', 42, False, w.end_overtaking(True)),
    Kind('stop', 'stop', 14, True, _octagon_or_triangle),
    Kind('slow', 'yield', None, True, w.slow),
    Kind('give-way', 'yield', 13, False, w.give_way),
    Kind('no-entry', 'no-entry', 17, True, w.no_entry),
    Kind('priority-road', 'priority', 12, False, _priority),
    Kind('priority-junction', 'warning', 11, False, w.warns(f.priority_junction, diamond=False)),
    Kind('danger', 'warning', 18, True, w.warns(w.exclamation)),
    Kind('bend-left', 'warning', 19, True, w.warns(w.bend(-1))),
    Kind('bend-right', 'warning', 20, True, w.warns(w.bend(1))),
    Kind('bends', 'warning', 21, True, w.warns(f.bends)),
    Kind('uneven', 'warning', 22, True, w.warns(f.bumps)),
    Kind('slippery', 'warning', 23, True, w.warns(f.skid)),
    Kind('narrows', 'warning', 24, True, w.warns(f.narrows)),
    Kind('works', 'warning', 25, True, w.warns(f.worker)),
    Kind('signal-ahead', 'warning', 26, True, w.warns(_ahead('signal'))),
    Kind('pedestrians', 'warning', 27, False, w.warns(f.person, diamond=False)),
    Kind('children', 'warning', 28, True, w.warns(f.two_persons)),
    Kind('bicycles', 'warning', 29, False, w.warns(f.bicycle, diamond=False)),
    Kind('snow', 'warning', 30, False, w.warns(f.snow, diamond=False)),
    Kind('animals', 'warning', 31, True, w.warns(f.deer)),
    Kind('crossroads', 'warning', None, True, w.warns(f.cross, triangle=False)),
    Kind('junction', 'warning', None, True, w.warns(f.junction, triangle=False)),
    Kind('rail-crossing', 'warning', None, True, w.warns(f.train)),
    Kind('slope', 'warning', None, True, w.warns(f.slope)),
    Kind('merge', 'warning', None, True, w.warns(f.merge, triangle=False)),
    Kind('two-way', 'warning', None, True, w.warns(f.two_way)),
    Kind('go-right', 'mandatory', 33, True, w.go(1)),
    Kind('go-left', 'mandatory', 34, True, w.go(-1)),
    Kind('go-straight', 'mandatory', 35, True, w.mandatory(w.UP)),
    Kind('straight-or-right', 'mandatory', 36, True, w.mandatory([(0.42, 0.84), (0.42, 0.14)], [(0.42, 0.56), (0.8, 0.56)], width=0.1)),
    Kind('straight-or-left', 'mandatory', 37, True, w.mandatory([(0.58, 0.84), (0.58, 0.14)], [(0.58, 0.56), (0.2, 0.56)], width=0.1)),
    Kind('keep-right', 'mandatory', 38, True, w.mandatory([(0.26, 0.26), (0.76, 0.76)])),
    Kind('keep-left', 'mandatory', 39, True, w.mandatory([(0.74, 0.26), (0.24, 0.76)])),
    Kind('roundabout', 'mandatory', 40, True, w.roundabout),
    Kind('bicycles-only', 'mandatory', None, True, w.on_disc(f.bicycle)),
    Kind('pedestrians-only', 'mandatory', None, True, w.on_disc(f.adult_and_child)),
    Kind('foot-and-cycle', 'mandatory', None, True, w.foot_and_cycle),
    Kind('cars-only', 'mandatory', None, True, w.on_disc(lambda c, x, y, s, k: f.car(c, x, y, s * 1.15, k, back=False))),
    Kind('crossing', 'guide', None, True, w.crossing),
    Kind('cycle-crossing', 'guide', None, True, w.cycle_crossing),
    Kind('parking', 'guide', None, True, w.parking),
    Kind('one-way', 'guide', None, True, w.one_way),
    Kind('route', 'guide', None, True, w.route),
    Kind('board', 'guide', None, True, w.board),
)
NAMES = tuple(kind.name for kind in KINDS)
#: The classifier's last output: no sign at all.
NONE = len(KINDS)
OF_GTSDB = {kind.gtsdb: i for i, kind in enumerate(KINDS) if kind.gtsdb is not None}
GROUP_OF = tuple(GROUPS.index(kind.group) for kind in KINDS)
JAPANESE_KINDS = tuple(i for i, kind in enumerate(KINDS) if kind.japan)


def sprite(kind: int, rng: random.Random):
    """One sign of a kind, cut to what is painted. @returns a PIL image with alpha"""
    c = Canvas(rng)
    KINDS[kind].paint(c)
    return c.image.crop(c.image.getbbox())

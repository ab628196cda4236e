/** What of a drawing cannot be counted with is refused at once, with the id of the line or zone it is about. */
import {
  MIN_LINE,
  type CountingConfig,
  type GroundCalibration,
  type Point,
  type Polygon,
} from '../../../../contract/index.ts';
import { Fault } from '../../isolation/fault.ts';
import { Ground } from '../../vision/geometry/ground.ts';

/** Smallest zone, as a share of the picture. */
const MIN_AREA = 1e-4;

/** @throws {Fault} 'line-too-short', 'zone-too-small', 'calibration-degenerate' */
export function checkCounting({ lines, zones, calibration }: CountingConfig): void {
  for (const { id, a, b } of lines) {
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) < MIN_LINE) {
      throw new Fault('line-too-short', `line ${id} is hardly longer than a point`, { subject: id });
    }
  }
  zones.forEach(checkZone);
  if (calibration) checkCalibration(calibration);
}

/** @throws {Fault} 'calibration-degenerate' */
export function checkCalibration({ points, widthM, depthM }: GroundCalibration): void {
  const ground = Ground.fromRectangle(points, widthM, depthM, { width: 1, height: 1 });
  if (areaOf(points) < MIN_AREA || !ground) {
    throw new Fault('calibration-degenerate', 'the four points do not span a rectangle on the ground');
  }
}

/** @throws {Fault} 'zone-too-small' */
export function checkZone({ id, points }: Polygon): void {
  if (areaOf(points) < MIN_AREA) {
    throw new Fault('zone-too-small', `zone ${id} has hardly any area`, { subject: id });
  }
}

/** Area of a polygon by the shoelace formula, in shares of the picture. */
function areaOf(points: readonly Point[]): number {
  let twice = 0;
  points.forEach(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length]!;
    twice += x * ny - nx * y;
  });
  return Math.abs(twice) / 2;
}

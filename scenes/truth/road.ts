/** The way of a camera that moves, and the traffic around it. */
import type { Mover } from '../simulation/movers.ts';
import { turnBetween } from '../simulation/movers.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { cameraAt } from '../worlds/plan.ts';
import { milli, type Motion } from './motion.ts';
import type { RoadSpan, Track } from './schema.ts';

/** Range ahead, metres, and period, seconds, of the vehicles that determine the traffic. */
const AHEAD_M = 60;
const BEFORE_S = 3;
/** On ordinary roads a jam is traffic of up to 10 km/h, a busy road one of up to 20 km/h (JARTIC's levels). */
const JAMMED_KMH = 10;
const BUSY_KMH = 20;

const METRES_PER_DEGREE = 111_320;

/** Mean speed in m/s of the carrier and of the motor vehicles ahead of it on its side of the road. */
function speedAhead(carrier: Mover, movers: Iterable<Mover>): number {
  const [sin, cos] = [Math.sin(carrier.heading), Math.cos(carrier.heading)];
  let sum = 0;
  let count = 0;
  for (const { kind, heading, x, z, speed } of movers) {
    if (kind === 'pedestrian' || kind === 'bicycle') continue;
    const ahead = (x - carrier.x) * sin + (z - carrier.z) * cos;
    if (ahead < 0 || ahead > AHEAD_M || Math.abs(turnBetween(carrier.heading, heading)) > 0.5) continue;
    sum += speed;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

export function stateAt(metresPerSecond: number): RoadSpan['state'] {
  const kmh = metresPerSecond * 3.6;
  if (kmh <= JAMMED_KMH) return 'jammed';
  return kmh <= BUSY_KMH ? 'busy' : 'free';
}

/** Undefined where the camera stands still. */
export function roadIn(plan: WorldPlan, { frames }: Motion): RoadSpan[] | undefined {
  const { mount, fps } = plan;
  if (!mount) return undefined;
  const speeds = frames.map((movers) => speedAhead(movers.get(mount.mover)!, movers.values()));
  const spans: RoadSpan[] = [];
  speeds.forEach((_, i) => {
    const recent = speeds.slice(Math.max(0, i - Math.round(BEFORE_S * fps)), i + 1);
    const state = stateAt(recent.reduce((sum, speed) => sum + speed, 0) / recent.length);
    const last = spans.at(-1);
    if (last?.state === state) last.toS = milli((i + 1) / fps);
    else spans.push({ fromS: milli(i / fps), toS: milli((i + 1) / fps), state });
  });
  return spans;
}

/** One point a second, on a sphere that is flat for the length of a street; undefined where the camera stands still. */
export function trackOf(plan: WorldPlan, { frames }: Motion): Track | undefined {
  const { mount, onMap, fps } = plan;
  if (!mount || !onMap) return undefined;
  const bearing = (onMap.bearingDeg * Math.PI) / 180;
  const degrees = (x: number): number => Math.round(x * 1e6) / 1e6;
  const seconds = Array.from({ length: Math.floor((frames.length - 1) / fps) + 1 }, (_, s) => s);
  return {
    invented: true,
    points: seconds.map((atS) => {
      const movers = frames[Math.round(atS * fps)]!;
      const carrier = movers.get(mount.mover)!;
      const [x, , z] = cameraAt(plan, [...movers.values()]).positionM;
      const north = x * Math.cos(bearing) - z * Math.sin(bearing);
      const east = x * Math.sin(bearing) + z * Math.cos(bearing);
      const along = onMap.bearingDeg + 90 - (carrier.heading * 180) / Math.PI;
      return {
        atS,
        lat: degrees(onMap.lat + north / METRES_PER_DEGREE),
        lon: degrees(onMap.lon + east / (METRES_PER_DEGREE * Math.cos((onMap.lat * Math.PI) / 180))),
        bearingDeg: (Math.round(along * 10) / 10 + 360) % 360,
        speedMps: Math.round(carrier.speed * 100) / 100,
      };
    }),
  };
}

/**
 * The truth of a clip: what was in front of the synthetic camera, frame by frame. One JSON file per clip, read by the
 * accuracy harness. `scenes/README.md` explains it with an example; these schemas are the definition.
 *
 * Conventions: boxes are `[x0, y0, x1, y1]` in pixels of the clip, to a tenth, and may reach beyond the picture.
 * The world is right-handed, in metres, y up; the floor is y = 0 and floor positions are `[x, z]`. A heading of 0
 * degrees looks along +z, 90 degrees along +x. Points of lines and zones are fractions of the picture's sides.
 */
import * as v from 'valibot';

/** Kind under which an object counts. A bicycle or motorcycle includes its rider. */
export const OBJECT_KINDS = [
  'pedestrian',
  'bicycle',
  'motorcycle',
  'car',
  'bus',
  'truck',
  'sign',
  'signal',
  'signboard',
] as const;

/** The kinds that move and cross lines. */
export const COUNTED_KINDS = ['pedestrian', 'bicycle', 'motorcycle', 'car', 'bus', 'truck'] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];

const number = v.pipe(v.number(), v.finite());
const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const whole = v.pipe(number, v.integer(), v.minValue(0));
const positive = v.pipe(number, v.gtValue(0));
const clipTime = v.pipe(number, v.minValue(0));
const floorPoint = v.tuple([number, number]);
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/));

export const BoxSchema = v.pipe(
  v.tuple([number, number, number, number]),
  v.check(([x0, y0, x1, y1]) => x0 <= x1 && y0 <= y1, 'x0 <= x1 and y0 <= y1'),
);
export type Box = v.InferOutput<typeof BoxSchema>;

const pictureShare = v.pipe(number, v.minValue(0), v.maxValue(1));
export const PicturePoint = v.tuple([pictureShare, pictureShare]);
export type PicturePoint = v.InferOutput<typeof PicturePoint>;

export const LineSchema = v.strictObject({ id, a: PicturePoint, b: PicturePoint });
export type Line = v.InferOutput<typeof LineSchema>;

/** Role of a zone in a shop. */
export const ZONE_ROLES = ['entrance', 'shelf', 'till'] as const;
export type ZoneRole = (typeof ZONE_ROLES)[number];

export const ZoneSchema = v.strictObject({
  id,
  points: v.pipe(v.array(PicturePoint), v.minLength(3)),
  role: v.optional(v.picklist(ZONE_ROLES)),
});
export type Zone = v.InferOutput<typeof ZoneSchema>;

/** Near left, near right, far right, far left of a rectangle on the floor, and its size in metres. */
export const CalibrationSchema = v.strictObject({
  points: v.tuple([PicturePoint, PicturePoint, PicturePoint, PicturePoint]),
  widthM: positive,
  depthM: positive,
});
export type Calibration = v.InferOutput<typeof CalibrationSchema>;

/** A pinhole camera with one radial term; see `camera.ts` for the equations. */
export const CameraSchema = v.strictObject({
  positionM: v.tuple([number, number, number]),
  targetM: v.tuple([number, number, number]),
  /** Full vertical angle of view of the undistorted picture, in degrees. */
  fovDeg: v.pipe(number, v.minValue(5), v.maxValue(120)),
  /** Radial distortion; negative is barrel. 0: a perfect lens. */
  k1: v.pipe(number, v.minValue(-0.5), v.maxValue(0.5)),
});
export type CameraModel = v.InferOutput<typeof CameraSchema>;

/** An object with an outline in the picture. */
const outline = {
  /** Around the whole outline, occluded parts included; not cut at the picture's border. */
  box: BoxSchema,
  /** Around the visible part; null when none is visible. */
  seen: v.nullable(BoxSchema),
  /** Occluded share of its outline inside the picture. */
  occlusion: share,
};
export const PartSchema = v.strictObject(outline);
export type Part = v.InferOutput<typeof PartSchema>;

/** Forehead to chin, cheek to cheek. */
export const FaceSchema = v.strictObject({
  box: BoxSchema,
  /** Between the way it looks and the way to the lens, left and right; 0 looks into the lens. */
  yawDeg: v.pipe(number, v.minValue(-180), v.maxValue(180)),
  /** Unoccluded share of its middle. */
  open: share,
  /** Turned to the camera within 60 degrees, inside the picture and at least half open. */
  seen: v.boolean(),
});
export type Face = v.InferOutput<typeof FaceSchema>;

export const ASPECTS = ['green', 'amber', 'red'] as const;
export type Aspect = (typeof ASPECTS)[number];

export const FrameObjectSchema = v.strictObject({
  id,
  ...outline,
  /** [x, z] of its middle on the floor, in metres. */
  floor: v.tuple([number, number]),
  headingDeg: v.pipe(number, v.minValue(0), v.ltValue(360)),
  /** Detectors see a bicycle and a person where counting sees one bicycle. */
  parts: v.optional(v.strictObject({ vehicle: PartSchema, rider: PartSchema })),
  /** Of people and riders in front of the camera, in any orientation. */
  face: v.optional(FaceSchema),
  /** Of signals: the lamp that is lit. */
  aspect: v.optional(v.picklist(ASPECTS)),
});
export type FrameObject = v.InferOutput<typeof FrameObjectSchema>;

export const FrameSchema = v.strictObject({
  objects: v.array(FrameObjectSchema),
  /** Zone id -> kind -> how many have their floor position inside. Empty zones are left out. */
  occupancy: v.record(id, v.record(v.picklist(COUNTED_KINDS), whole)),
  /** Where the camera is in this frame, when it moves. */
  camera: v.optional(CameraSchema),
});
export type Frame = v.InferOutput<typeof FrameSchema>;

export const SceneObjectSchema = v.strictObject({
  id,
  kind: v.picklist(OBJECT_KINDS),
  /** Bounding size in metres: across, up, along its heading. */
  sizeM: v.tuple([positive, positive, positive]),
  /** People and riders. `identity` is the same for the same character in every clip. */
  person: v.optional(v.strictObject({ age: whole, sex: v.picklist(['female', 'male']), identity: id })),
  /** Meaning of a sign, signal or signboard: "stop", "speed-40", "bakery", ... */
  meaning: v.optional(id),
});
export type SceneObject = v.InferOutput<typeof SceneObjectSchema>;

export const CrossingSchema = v.strictObject({
  line: id,
  id,
  kind: v.picklist(COUNTED_KINDS),
  /** `forward`: to the right of a -> b as the picture shows it. */
  direction: v.picklist(['forward', 'backward']),
  /** Clip time at which the floor position crosses the line, in seconds. */
  atS: v.pipe(number, v.minValue(0)),
});
export type Crossing = v.InferOutput<typeof CrossingSchema>;

/** Interval in which an object's floor position was in a zone. */
export const StaySchema = v.strictObject({
  zone: id,
  id,
  fromS: clipTime,
  toS: clipTime,
  /** Whether it began after the clip did and ended before it: only then is its length the dwell time. */
  whole: v.boolean(),
});
export type Stay = v.InferOutput<typeof StaySchema>;

/** One passage of one person before the camera, from the first to the last frame in which the face is seen. */
export const PassageSchema = v.strictObject({
  id,
  identity: id,
  /** Of `days`, from 1; 1 where the clip has no days. */
  day: v.pipe(whole, v.minValue(1)),
  /** 1 for the first visit of this identity in the clip, 2 for the next ... */
  visit: v.pipe(whole, v.minValue(1)),
  fromS: clipTime,
  toS: clipTime,
  /** Tallest face box in pixels while it was seen. */
  facePx: positive,
});
export type Passage = v.InferOutput<typeof PassageSchema>;

/** A clip may hold several days, one after the other; the content of the picture changes at once. */
export const DaySchema = v.strictObject({
  day: v.pipe(whole, v.minValue(1)),
  fromS: clipTime,
  toS: clipTime,
});
export type Day = v.InferOutput<typeof DaySchema>;

/** How the traffic flows around a camera that moves; see `road.ts`. */
export const ROAD_STATES = ['free', 'busy', 'jammed'] as const;
export const RoadSchema = v.strictObject({
  fromS: clipTime,
  toS: clipTime,
  state: v.picklist(ROAD_STATES),
});
export type RoadSpan = v.InferOutput<typeof RoadSchema>;

export const TruthSchema = v.strictObject({
  format: v.literal('incam-truth'),
  version: v.literal(1),
  clip: id,
  seed: whole,
  width: whole,
  height: whole,
  fps: positive,
  /** Of the first frame, when it moves. */
  camera: CameraSchema,
  lines: v.array(LineSchema),
  zones: v.array(ZoneSchema),
  objects: v.array(SceneObjectSchema),
  crossings: v.array(CrossingSchema),
  /** By zone and time. */
  stays: v.optional(v.array(StaySchema), []),
  /** By time; empty where no face is ever seen. */
  passages: v.optional(v.array(PassageSchema), []),
  /** One after the other without gaps; only for a camera that moves. */
  road: v.optional(v.array(RoadSchema)),
  /** Frame i is shown at i / fps seconds. */
  frames: v.array(FrameSchema),
});
export type Truth = v.InferOutput<typeof TruthSchema>;

/** Counts per kind and direction. */
export const CountsSchema = v.record(
  v.picklist(COUNTED_KINDS),
  v.strictObject({ forward: whole, backward: whole }),
);
export type Counts = v.InferOutput<typeof CountsSchema>;

/** Positions of the camera; between two points it moves in a straight line. */
export const TrackSchema = v.strictObject({
  /** The route lies on the map, but no vehicle has driven it. */
  invented: v.literal(true),
  points: v.pipe(
    v.array(
      v.strictObject({
        atS: clipTime,
        /** WGS 84, degrees. */
        lat: v.pipe(number, v.minValue(-90), v.maxValue(90)),
        lon: v.pipe(number, v.minValue(-180), v.maxValue(180)),
        /** Of the way it looks: 0 north, 90 east. */
        bearingDeg: v.pipe(number, v.minValue(0), v.ltValue(360)),
        speedMps: v.pipe(number, v.minValue(0)),
      }),
    ),
    v.minLength(2),
  ),
});
export type Track = v.InferOutput<typeof TrackSchema>;

/** Description of a sample clip for the site; the site finds its texts by `id`. */
export const ClipSchema = v.strictObject({
  id,
  file: v.string(),
  truth: v.string(),
  width: whole,
  height: whole,
  fps: positive,
  durationS: positive,
  lines: v.array(LineSchema),
  zones: v.array(ZoneSchema),
  calibration: v.optional(CalibrationSchema),
  /** The floor positions of the calibration's four points, [x, z] in metres of the truth's world. */
  calibrationFloorM: v.optional(v.tuple([floorPoint, floorPoint, floorPoint, floorPoint])),
  /** A picture of the same camera without people: a file beside the clip. */
  background: v.optional(v.string()),
  /** Where the clip holds several days. */
  days: v.optional(v.array(DaySchema)),
  /** Where the camera moves. */
  track: v.optional(TrackSchema),
  /** True counts by line. */
  counts: v.record(id, CountsSchema),
});
export type Clip = v.InferOutput<typeof ClipSchema>;

/** A head as meshes: face, eyes, hair, strands, glasses; all in the head's frame, to be hung on the head bone. */
import type { BufferGeometry } from 'three';
import { BufferAttribute, Color, Group, Mesh, SphereGeometry } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import { toGeometry } from '../../sdf/geometry.ts';
import { smoothstep } from '../../sdf/primitives.ts';
import type { Surface } from '../../sdf/mesher.ts';
import { cull, polygonise } from '../../sdf/mesher.ts';
import type { Level } from '../levels.ts';
import type { FaceSpec, PersonSpec } from '../spec.ts';
import { EYE_PAINT, FACE_FUNCTIONS, FACE_PAINT } from './face-paint.glsl.ts';
import { createGlasses } from './glasses.ts';
import { fuzzOf, hairField, hairRegion } from './hair.ts';
import { fuzzMaterial, hairMaterial } from './hair-material.ts';
import { EYE } from './measures.ts';
import { headField } from './shape.ts';
import { shells } from './shells.ts';
import { eyeCentre, faceWarp } from './warp.ts';

export interface HeadGeometries {
  face: BufferGeometry;
  hair: BufferGeometry;
  fuzz: BufferGeometry | null;
}

/** The surface where the warp puts it, with the unwarped layout as `rest` for the paint. */
function warped(surface: Surface, face: FaceSpec): BufferGeometry {
  const geometry = toGeometry(surface);
  geometry.setAttribute('rest', geometry.getAttribute('position'));
  const warp = faceWarp(face);
  const { positions } = surface;
  const moved = new Float32Array(positions.length);
  for (let i = 0; i < moved.length; i += 3)
    moved.set(warp(positions[i]!, positions[i + 1]!, positions[i + 2]!), i);
  geometry.setAttribute('position', new BufferAttribute(moved, 3));
  return geometry;
}

export function headGeometries(spec: PersonSpec, level: Level): HeadGeometries {
  const field = headField(spec.face);
  const hair = hairField(spec.hair, spec.seed % 997);
  const bare = polygonise(field, {
    min: [-0.1, -0.2, -0.13],
    max: [0.1, 0.15, 0.135],
    cell: level.headCell,
    reach: 0.035,
  });
  // Skull under thick hair is never seen.
  const face = cull(bare, (x, y, z) => hair(x, y, z) < -0.006);
  const locks = polygonise(hair, {
    ...hairRegion(spec.hair),
    cell: level.hairCell,
    lipschitz: 2,
    steps: 1,
    reach: 0.04,
  });
  const hairGeometry = warped(
    cull(locks, (x, y, z) => field(x, y, z) < -0.004),
    spec.face,
  );
  return {
    face: warped(face, spec.face),
    hair: hairGeometry,
    fuzz: level.hairLayers > 0 ? shells(hairGeometry, level.hairLayers) : null,
  };
}

function faceMaterial({ face, seed }: PersonSpec, eyeballs: boolean) {
  const { r, g, b } = new Color(face.skin);
  // 0: pale, 1: dark. Luminance after ITU-R BT.709.
  const dark = 1 - smoothstep(0.16, 0.38, 0.2126 * r + 0.7152 * g + 0.0722 * b);
  return paintedMaterial({
    functions: FACE_FUNCTIONS,
    paint: FACE_PAINT,
    rest: true,
    roughness: 0.55,
    // The darker the skin, the larger the share of its reflections.
    environment: 0.5 + 0.3 * dark,
    physical: { sheen: 0.2, sheenRoughness: 0.6, sheenColor: '#c86a4a', specularIntensity: 0.5 },
    uniforms: {
      skin: face.skin,
      lip: face.lip,
      browColour: face.brow,
      beardColour: face.beard,
      shadowTint: '#7a5550',
      browWeight: face.browWeight,
      browArch: face.browArch,
      browDensity: 0.62 + 0.22 * (1 - face.feminine) - 0.2 * face.child,
      lips: face.lips,
      lipDensity: face.feminine > 0.5 && face.child < 0.1 ? 0.72 : 0.55,
      mouthWidth: face.mouthWidth,
      smile: face.smile,
      stubble: face.stubble,
      moustache: face.moustache,
      goatee: face.goatee,
      whiskers: face.whiskers,
      beard: face.beard,
      lidCrease: face.lidCrease,
      wrinkles: face.wrinkles,
      blush: face.blush,
      lashes: face.lashes,
      eyeShadow: face.eyeShadow,
      eyeSize: face.eyeSize,
      eyeOpening: face.eyeOpening,
      eyeTilt: face.eyeTilt,
      seed: seed % 97,
      dark,
      young: face.child,
      painted: eyeballs ? 0 : 1,
    },
  });
}

/** Shared by all people: eyes differ by material only. */
const eyeball = new SphereGeometry(EYE.radius, 24, 16);

export function createHead(spec: PersonSpec, level: Level, geometries: HeadGeometries): Group {
  const head = new Group();
  const add = (mesh: Mesh, name: string, shadow: boolean) => {
    mesh.name = name;
    mesh.castShadow = shadow;
    mesh.receiveShadow = true;
    head.add(mesh);
  };
  add(new Mesh(geometries.face, faceMaterial(spec, level.fineParts)), 'face', true);
  add(new Mesh(geometries.hair, hairMaterial(spec.hair)), 'hair', true);
  if (geometries.fuzz)
    add(new Mesh(geometries.fuzz, fuzzMaterial(spec.hair, fuzzOf(spec.hair))), 'strands', false);
  const [ex, ey, ez] = eyeCentre(spec.face);
  if (level.fineParts) {
    const material = paintedMaterial({
      paint: EYE_PAINT,
      uniforms: { iris: spec.face.iris },
      environment: 0.9,
      occlusion: false,
    });
    for (const side of [-1, 1]) {
      const eye = new Mesh(eyeball, material);
      eye.position.set(side * ex, ey, ez);
      eye.scale.setScalar(1 + 0.2 * spec.face.child);
      add(eye, 'eye', false);
    }
    if (spec.glasses) {
      const glasses = createGlasses(spec.glasses, ex, ey);
      glasses.name = 'glasses';
      head.add(glasses);
    }
  }
  return head;
}

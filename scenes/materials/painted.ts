/**
 * Physically based materials painted by a few lines of GLSL over the object's rest position: no textures, no UVs, and
 * the paint stays put when a skeleton moves the surface.
 *
 * The paint sees `p` (rest position, metres), `n` (rest normal), `ao` (0..1) and may change
 * `col` (linear RGB), `rough`, `metal`, and `height` (relief in metres, turned into a normal).
 */
import type { Side, Texture } from 'three';
import { Color, FrontSide, MeshPhysicalMaterial, MeshStandardMaterial, Vector2, Vector4 } from 'three';
import { NOISE } from './noise.glsl.ts';

export type UniformValue = number | string | Color | Vector2 | Vector4 | Texture;

export interface PaintedOptions {
  /** GLSL statements. */
  paint: string;
  /** GLSL functions the paint calls. */
  functions?: string;
  /** Become GLSL uniforms of the same name; strings are CSS colours and become linear vec3. */
  uniforms?: Readonly<Record<string, UniformValue>>;
  roughness?: number;
  metalness?: number;
  /** How strongly the scene's environment map lights it. Default 0.6. */
  environment?: number;
  side?: Side;
  /** Whether the geometry has an `occlusion` attribute. Default true. */
  occlusion?: boolean;
  /** Whether the paint uses a `rest` attribute instead of `position` (geometry warped after meshing). Default false. */
  rest?: boolean;
  /** GLSL in the vertex shader after `transformed` is set, and its declarations. */
  vertex?: string;
  vertexDeclarations?: string;
  /** Uses MeshPhysicalMaterial with these values instead of MeshStandardMaterial. */
  physical?: Readonly<{
    sheen?: number;
    sheenRoughness?: number;
    sheenColor?: string;
    clearcoat?: number;
    specularIntensity?: number;
  }>;
}

const glslType = (value: Exclude<UniformValue, string>) => {
  if (typeof value === 'number') return 'float';
  if (value instanceof Color) return 'vec3';
  if (value instanceof Vector2) return 'vec2';
  if (value instanceof Vector4) return 'vec4';
  return 'sampler2D';
};

/** @returns a material of its own (the caller disposes it); programs are shared between equal paints */
export function paintedMaterial(options: PaintedOptions): MeshStandardMaterial {
  const { paint, functions = '', vertex = '', vertexDeclarations = '' } = options;
  const occlusion = options.occlusion ?? true;
  const rest = options.rest ?? false;
  const base = {
    roughness: options.roughness ?? 0.8,
    metalness: options.metalness ?? 0,
    envMapIntensity: options.environment ?? 0.6,
    side: options.side ?? FrontSide,
  };
  const material = options.physical
    ? new MeshPhysicalMaterial({ ...base, ...options.physical })
    : new MeshStandardMaterial(base);

  const uniforms: Record<string, { value: Exclude<UniformValue, string> }> = {};
  for (const [name, value] of Object.entries(options.uniforms ?? {}))
    uniforms[name] = { value: typeof value === 'string' ? new Color(value) : value };
  const declarations = Object.entries(uniforms)
    .map(([name, { value }]) => `uniform ${glslType(value)} ${name};`)
    .join('\n');

  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms);
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>
        varying vec3 vRest; varying vec3 vRestNormal; varying float vOcclusion;
        ${occlusion ? 'attribute float occlusion;' : ''} ${rest ? 'attribute vec3 rest;' : ''}
        ${vertexDeclarations}`,
      )
      .replace(
        '#include <begin_vertex>',
        `#include <begin_vertex>
        vRest = ${rest ? 'rest' : 'position'}; vRestNormal = normal; vOcclusion = ${occlusion ? 'occlusion' : '1.0'};
        ${vertex}`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace(
        '#include <common>',
        `#include <common>
        varying vec3 vRest; varying vec3 vRestNormal; varying float vOcclusion;
        ${NOISE}
        ${declarations}
        ${functions}`,
      )
      .replace(
        '#include <color_fragment>',
        `#include <color_fragment>
        float ao = vOcclusion; vec3 col = diffuseColor.rgb; float rough = roughness; float metal = metalness;
        float height = 0.0; vec3 p = vRest; vec3 n = normalize(vRestNormal);
        { ${paint} }
        diffuseColor.rgb = col * mix(ao, 1.0, 0.25);`,
      )
      .replace('#include <roughnessmap_fragment>', 'float roughnessFactor = rough;')
      .replace('#include <metalnessmap_fragment>', 'float metalnessFactor = metal;')
      .replace('#include <normal_fragment_maps>', 'normal = relief(-vViewPosition, normal, height);')
      .replace(
        '#include <aomap_fragment>',
        'reflectedLight.indirectDiffuse *= ao; reflectedLight.indirectSpecular *= ao * ao;',
      );
  };
  const key = [paint, functions, declarations, vertex, vertexDeclarations, occlusion, rest].join('|');
  material.customProgramCacheKey = () => key;
  return material;
}

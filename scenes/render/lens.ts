/**
 * The synthetic lens and sensor: turns the renderer's light (linear, high range) into the picture of a cheap camera:
 * tone curve, barrel distortion, vignette, saturation, noise, and motion blur as a mean over the time the shutter is
 * open.
 */
import type { Camera, Scene, WebGLRenderer } from 'three';
import {
  AdditiveBlending,
  HalfFloatType,
  LinearFilter,
  Mesh,
  OrthographicCamera,
  PlaneGeometry,
  Scene as ThreeScene,
  ShaderMaterial,
  Vector2,
  Vector3,
  WebGLRenderTarget,
} from 'three';
import type { Sensor } from '../worlds/plan.ts';

const FULL_SCREEN = /* glsl */ `
  varying vec2 at;
  void main() { at = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }`;

/** ACES tone curve: the fit of Stephen Hill (MIT), as in three.js. */
const DEVELOP = /* glsl */ `
  varying vec2 at;
  uniform sampler2D light;
  uniform vec2 size;
  uniform vec3 tint;
  uniform float exposure, noise, vignette, saturation, k1, frame;

  vec3 fit(vec3 v) { return (v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.4329510) + 0.238081); }
  vec3 tone(vec3 c) {
    const mat3 into = mat3(0.59719, 0.07600, 0.02840, 0.35458, 0.90834, 0.13383, 0.04823, 0.01566, 0.83777);
    const mat3 back = mat3(1.60475, -0.10208, -0.00327, -0.53108, 1.10813, -0.07276, -0.07367, -0.00605, 1.07602);
    return clamp(back * fit(into * (c / 0.6)), 0.0, 1.0);
  }
  vec3 srgb(vec3 c) { return mix(1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, c * 12.92, lessThanEqual(c, vec3(0.0031308))); }
  // PCG hash (Jarzynski & Olano 2020): the same frame has the same noise on every machine.
  uvec3 pcg(uvec3 v) {
    v = v * 1664525u + 1013904223u;
    v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
    v ^= v >> 16u;
    v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
    return v;
  }
  void main() {
    vec2 fromMiddle = (at - 0.5) * vec2(size.x / size.y, 1.0) * 2.0;
    // The picture at distorted radius d shows the ray at r with r (1 + k1 r^2) = d.
    float d = length(fromMiddle), r = d;
    for (int i = 0; i < 6; i++) r = d / (1.0 + k1 * r * r);
    vec2 from = d > 0.0 ? (at - 0.5) * (r / d) + 0.5 : at;
    // Four bilinear taps weigh all that lies in the pixel.
    vec2 tap = 0.25 / size;
    vec3 c = texture2D(light, from + tap).rgb + texture2D(light, from - tap).rgb
      + texture2D(light, from + tap * vec2(1.0, -1.0)).rgb + texture2D(light, from - tap * vec2(1.0, -1.0)).rgb;
    c *= 0.25 * exposure * tint;
    c *= 1.0 - vignette * smoothstep(0.5, 2.1, d);
    c = srgb(tone(c));
    c = mix(vec3(dot(c, vec3(0.2126, 0.7152, 0.0722))), c, saturation);
    uvec3 random = pcg(uvec3(gl_FragCoord.xy, uint(frame)));
    vec3 flat3 = vec3(random) / 4294967295.0;
    uvec3 second = pcg(random);
    // Two uniforms make a triangle, close enough to a bell; chroma noise is weaker than luma noise.
    vec3 bell = flat3 + vec3(second) / 4294967295.0 - 1.0;
    float luma = dot(c, vec3(0.33));
    vec3 grain = mix(vec3(bell.x), bell, 0.35) * noise * 2.45 / 255.0 * mix(1.4, 0.8, luma);
    gl_FragColor = vec4(c + grain, 1.0);
  }`;

const COPY = /* glsl */ `
  varying vec2 at;
  uniform sampler2D light; uniform float share;
  void main() { gl_FragColor = vec4(texture2D(light, at).rgb * share, 1.0); }`;

export class Lens {
  readonly #exposed: WebGLRenderTarget;
  readonly #collected: WebGLRenderTarget;
  readonly #screen = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
  readonly #quad = new Mesh(new PlaneGeometry(2, 2));
  readonly #stage = new ThreeScene();
  readonly #develop: ShaderMaterial;
  readonly #copy: ShaderMaterial;
  readonly #renderer: WebGLRenderer;
  readonly #sensor: Sensor;
  readonly #width: number;
  readonly #height: number;
  readonly #exposure: number;

  /**
   * @param width picture width in pixels
   * @param supersampling how many times more pixels are rendered per side before the picture is made
   * @param samples for each pixel at the edges of shapes; 0: one
   */
  constructor(
    renderer: WebGLRenderer,
    sensor: Sensor,
    width: number,
    height: number,
    k1: number,
    exposure: number,
    supersampling: number,
    // Four samples a pixel cost more than half as many pixels again, which also smooth what shaders paint.
    samples = supersampling > 1 ? 0 : 4,
  ) {
    this.#renderer = renderer;
    this.#sensor = sensor;
    this.#width = width;
    this.#height = height;
    this.#exposure = exposure;

    const inner = [Math.round(width * supersampling), Math.round(height * supersampling)] as const;
    const options = { type: HalfFloatType, minFilter: LinearFilter, magFilter: LinearFilter };
    this.#exposed = new WebGLRenderTarget(...inner, { ...options, samples });
    this.#collected = new WebGLRenderTarget(...inner, { ...options, depthBuffer: false });
    this.#develop = new ShaderMaterial({
      vertexShader: FULL_SCREEN,
      fragmentShader: DEVELOP,
      uniforms: {
        light: { value: null },
        size: { value: new Vector2(width, height) },
        exposure: { value: exposure * 2 ** sensor.exposure },
        noise: { value: sensor.noise },
        vignette: { value: sensor.vignette },
        saturation: { value: sensor.saturation },
        tint: { value: new Vector3(1, 1, 1) },
        k1: { value: k1 },
        frame: { value: 0 },
      },
      depthTest: false,
    });
    this.#copy = new ShaderMaterial({
      vertexShader: FULL_SCREEN,
      fragmentShader: COPY,
      uniforms: { light: { value: this.#exposed.texture }, share: { value: 1 } },
      depthTest: false,
      blending: AdditiveBlending,
    });
    this.#stage.add(this.#quad);
    this.#quad.frustumCulled = false;
  }

  /**
   * Renders one picture on to the renderer's canvas.
   *
   * @param advance puts the world at a share 0..1 of the time the shutter is open
   */
  shoot(scene: Scene, camera: Camera, frame: number, advance: (share: number) => void): void {
    const renderer = this.#renderer;
    renderer.setSize(this.#width, this.#height, false);
    const samples = this.#sensor.shutter > 0 ? this.#sensor.shutterSamples : 1;
    for (let i = 0; i < samples; i++) {
      advance(samples === 1 ? 0 : i / samples);
      renderer.setRenderTarget(this.#exposed);
      renderer.render(scene, camera);
      if (samples === 1) break;
      this.#copy.uniforms['share']!.value = 1 / samples;
      renderer.setRenderTarget(this.#collected);
      if (i === 0) renderer.clear();
      renderer.autoClear = false;
      this.#draw(this.#copy);
      renderer.autoClear = true;
    }
    this.#develop.uniforms['light']!.value = (samples === 1 ? this.#exposed : this.#collected).texture;
    this.#develop.uniforms['frame']!.value = frame;
    renderer.setRenderTarget(null);
    this.#draw(this.#develop);
  }

  /** Another day's light: stops on top of the sensor's own, and factors on red, green and blue. */
  grade(stops: number, tint: readonly [number, number, number]): void {
    this.#develop.uniforms['exposure']!.value = this.#exposure * 2 ** (this.#sensor.exposure + stops);
    (this.#develop.uniforms['tint']!.value as Vector3).set(...tint);
  }

  /** Changes settings while it runs. */
  adjust(noise: number, exposure: number): void {
    this.#develop.uniforms['noise']!.value = noise;
    this.#develop.uniforms['exposure']!.value = exposure * 2 ** this.#sensor.exposure;
  }

  dispose(): void {
    for (const part of [this.#exposed, this.#collected, this.#develop, this.#copy, this.#quad.geometry])
      part.dispose();
  }

  #draw(material: ShaderMaterial): void {
    this.#quad.material = material;
    this.#renderer.render(this.#stage, this.#screen);
  }
}

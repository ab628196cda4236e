/** Sky, sun and the light they give, outdoors and indoors. */
import type { Scene, Texture, WebGLRenderer } from 'three';
import {
  BackSide,
  BoxGeometry,
  Color,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  MeshBasicMaterial,
  PMREMGenerator,
  PlaneGeometry,
  Scene as ThreeScene,
  ShaderMaterial,
  SphereGeometry,
} from 'three';
import type { LightingOptions, Mood, Weather } from './moods.ts';
import { MOODS } from './moods.ts';

const DIRECTION = /* glsl */ `
  varying vec3 direction;
  void main() { direction = position; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`;

const SKY = /* glsl */ `
  varying vec3 direction;
  uniform vec3 zenith, horizon; uniform float cloud;
  float hash(vec2 p) { return fract(sin(dot(p, vec2(12.98, 78.23))) * 43758.5); }
  float noise2(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
  }
  void main() {
    vec3 d = normalize(direction);
    float up = max(d.y, 0.0);
    vec3 c = mix(horizon, zenith, smoothstep(0.0, 0.55, up));
    vec2 q = d.xz / (d.y + 0.15) * 1.4 + 1.0;
    float f = noise2(q) * 0.5 + noise2(q * 2.1) * 0.25 + noise2(q * 4.3) * 0.13 + noise2(q * 9.0) * 0.07;
    float cover = smoothstep(0.5 - 0.25 * cloud, 0.75 - 0.2 * cloud, f) * cloud * smoothstep(0.0, 0.12, up);
    gl_FragColor = vec4(mix(c, vec3(mix(0.8, 1.0, f)), cover) * 1.05, 1.0);
  }`;

/** The dome that the camera sees. */
function addSky(scene: Scene, { zenith, horizon, cloud }: Mood): Mesh {
  const material = new ShaderMaterial({
    side: BackSide,
    depthWrite: false,
    uniforms: {
      zenith: { value: new Color(zenith) },
      horizon: { value: new Color(horizon) },
      cloud: { value: cloud },
    },
    vertexShader: DIRECTION,
    fragmentShader: SKY,
  });
  const dome = new Mesh(new SphereGeometry(400, 32, 16), material);
  dome.renderOrder = -1;
  scene.add(dome);
  return dome;
}

/** What polished things mirror outdoors: sky above, dim house fronts around, road below. */
const SURROUNDINGS = /* glsl */ `
  varying vec3 direction;
  uniform vec3 zenith, horizon;
  void main() {
    vec3 d = normalize(direction);
    vec3 c = mix(horizon, zenith, smoothstep(0.0, 0.7, d.y));
    float fronts = step(0.0, d.y) * step(d.y, 0.12 + 0.1 * step(0.5, fract(atan(d.x, d.z) * 3.0)));
    c = mix(c, vec3(0.45, 0.44, 0.42) * horizon, fronts * 0.8);
    gl_FragColor = vec4(mix(c, vec3(0.28, 0.27, 0.26) * horizon, smoothstep(0.01, -0.05, d.y)), 1.0);
  }`;

function environment(renderer: WebGLRenderer, weather: Weather, window: boolean): Texture {
  const scene = new ThreeScene();
  const { zenith, horizon } = MOODS[weather];
  if (weather === 'indoor') {
    const room = new Mesh(
      new BoxGeometry(14, 4, 14),
      new MeshBasicMaterial({ side: BackSide, color: '#8d8981' }),
    );
    room.position.y = 1;
    scene.add(room);
    const lamp = new MeshBasicMaterial({ color: new Color(5, 5, 4.8) });
    for (let i = -2; i <= 2; i++)
      for (let j = -2; j <= 2; j++) {
        const mesh = new Mesh(new BoxGeometry(1.6, 0.05, 0.4), lamp);
        mesh.position.set(i * 2.6, 2.9, j * 2.6);
        scene.add(mesh);
      }
    const ground = new Mesh(new PlaneGeometry(14, 14), new MeshBasicMaterial({ color: '#6b655c' }));
    ground.rotation.x = -Math.PI / 2;
    ground.position.y = -0.98;
    scene.add(ground);
    if (window) {
      const bright = new Mesh(
        new PlaneGeometry(6, 3),
        new MeshBasicMaterial({ color: new Color(2.2, 2.4, 2.6) }),
      );
      bright.position.set(0, 1, 6.5);
      bright.rotation.y = Math.PI;
      scene.add(bright);
    }
  } else {
    const material = new ShaderMaterial({
      side: BackSide,
      uniforms: { zenith: { value: new Color(zenith) }, horizon: { value: new Color(horizon) } },
      vertexShader: DIRECTION,
      fragmentShader: SURROUNDINGS,
    });
    scene.add(new Mesh(new SphereGeometry(50, 32, 16), material));
  }
  const generator = new PMREMGenerator(renderer);
  const { texture } = generator.fromScene(scene, 0.02);
  generator.dispose();
  return texture;
}

/**
 * Lights a scene and hangs its sky.
 *
 * @returns moves sun and sky along with a camera that moves to [x, z]
 */
export function addLighting(
  scene: Scene,
  renderer: WebGLRenderer,
  options: LightingOptions,
): (x: number, z: number) => void {
  const { weather, azimuth, bounce = 1, focus, reach, window = false, shadowMap = 2048 } = options;
  const mood = MOODS[weather];
  const elevation = options.elevation ?? mood.elevation;
  const dome = weather === 'indoor' ? null : addSky(scene, mood);
  scene.environment = environment(renderer, weather, window);
  scene.environmentIntensity = mood.environment;
  const sun = new DirectionalLight(mood.sun, mood.sunStrength);
  sun.target.position.set(...focus);
  sun.position.set(
    focus[0] + Math.sin(azimuth) * Math.cos(elevation) * 40,
    focus[1] + Math.sin(elevation) * 40,
    focus[2] + Math.cos(azimuth) * Math.cos(elevation) * 40,
  );
  sun.castShadow = true;
  sun.shadow.mapSize.set(shadowMap, shadowMap);
  Object.assign(sun.shadow.camera, {
    left: -reach,
    right: reach,
    top: reach,
    bottom: -reach,
    near: 1,
    far: 90,
  });
  sun.shadow.bias = -0.0004;
  sun.shadow.normalBias = 0.02;
  sun.shadow.radius = mood.softness;
  scene.add(sun, sun.target, new HemisphereLight(mood.skyLight, mood.groundLight, mood.fill * bounce));
  const offset = sun.position.clone().sub(sun.target.position);
  return (x, z) => {
    // Whole metres, so that the edges of shadows do not swim.
    sun.target.position.set(Math.round(x), focus[1], Math.round(z));
    sun.position.copy(sun.target.position).add(offset);
    dome?.position.set(x, 0, z);
  };
}

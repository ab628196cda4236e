/** Runs in the browser: contact sheets of people, for looking at them. */
import {
  ACESFilmicToneMapping,
  BackSide,
  BoxGeometry,
  Color,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  PCFShadowMap,
  PMREMGenerator,
  PerspectiveCamera,
  PlaneGeometry,
  SRGBColorSpace,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three';
import type { Constraints, Detail, Person } from '../people/index.ts';
import { createPerson, randomPerson } from '../people/index.ts';
import { triangles } from '../sdf/geometry.ts';

export interface Subject extends Constraints {
  seed: number;
  /** Turn about the vertical axis, radians. */
  yaw?: number;
  pose?: 'walk' | 'stand' | 'bicycle' | 'motorcycle' | 'sit' | 'reach';
  phase?: number;
  speed?: number;
}

export interface SheetOptions {
  subjects: readonly Subject[];
  kind: 'faces' | 'people';
  detail: Detail;
  columns: number;
  width: number;
  height: number;
  /** For people: seen from this high, metres. */
  eye?: number;
}

export interface Sheet {
  /** PNG, base64. */
  image: string;
  buildMs: number;
  renderMs: number;
  triangles: number;
  draws: number;
}

let renderer: WebGLRenderer | undefined;

function createRenderer(): WebGLRenderer {
  const created = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  created.shadowMap.enabled = true;
  created.shadowMap.type = PCFShadowMap;
  created.toneMapping = ACESFilmicToneMapping;
  created.outputColorSpace = SRGBColorSpace;
  return created;
}

/** A room with lamps, for the environment map. */
function studio(): Scene {
  const scene = new Scene();
  const box = new Mesh(
    new BoxGeometry(14, 6, 14),
    new MeshBasicMaterial({ side: BackSide, color: '#8d8b86' }),
  );
  scene.add(box);
  for (const x of [-4, 0, 4])
    for (const z of [-4, 0, 4]) {
      const lamp = new Mesh(
        new BoxGeometry(2, 0.05, 0.8),
        new MeshBasicMaterial({ color: new Color(5, 5, 4.8) }),
      );
      lamp.position.set(x, 2.9, z);
      scene.add(lamp);
    }
  return scene;
}

function stage(gl: WebGLRenderer, extent: number): Scene {
  const scene = new Scene();
  scene.background = new Color('#9a9994');
  scene.environment = new PMREMGenerator(gl).fromScene(studio(), 0.02).texture;
  scene.environmentIntensity = 0.55;
  scene.add(new HemisphereLight('#f4f4ff', '#8a8074', 0.9));
  const sun = new DirectionalLight('#fff3e4', 2.2);
  // Portraits are lit at head height; the shadow camera looks at where the heads are.
  sun.position.set(extent * 0.5, extent * 2, extent * 1.2);
  sun.target.position.set(0, extent > 2 ? 0 : 1.3, 0);
  scene.add(sun.target);
  sun.castShadow = true;
  sun.shadow.mapSize.set(2048, 2048);
  Object.assign(sun.shadow.camera, {
    left: -extent,
    right: extent,
    top: extent,
    bottom: -extent,
    near: 0.05,
    far: extent * 5,
  });
  sun.shadow.bias = -0.0004;
  sun.shadow.normalBias = 0.004;
  scene.add(sun);
  return scene;
}

function strike(person: Person, { pose = 'stand', phase = 0, speed = 1.3 }: Subject): void {
  switch (pose) {
    case 'walk':
      return person.walk({ phase, speed });
    case 'bicycle':
      return person.rideBicycle(phase);
    case 'motorcycle':
      return person.rideMotorcycle();
    case 'sit':
      return person.sit({
        pelvis: [0, 0.52, 0],
        lean: 0.05,
        feet: [
          [0.1, 0, 0.45],
          [-0.1, 0, 0.45],
        ],
      });
    case 'reach':
      return person.stand({ time: phase, reach: [-0.2, 1.3, 0.5] });
    case 'stand':
      return person.stand({ time: phase });
  }
}

/** One picture a person, in a grid: head and shoulders from just above eye level. */
function portraits(gl: WebGLRenderer, scene: Scene, people: readonly Person[], options: SheetOptions): void {
  const { columns, width, height } = options;
  const rows = Math.ceil(people.length / columns);
  const w = width / columns;
  const h = height / rows;
  gl.setScissorTest(true);
  people.forEach((person, i) => {
    for (const other of people) other.root.visible = other === person;
    person.root.updateWorldMatrix(true, true);
    const at = person.head.getWorldPosition(new Vector3());
    const camera = new PerspectiveCamera(11, w / h, 0.05, 100);
    camera.position.set(
      at.x,
      at.y + 0.1,
      at.z + (0.42 * Math.max(1, h / w)) / 2 / Math.tan((11 * Math.PI) / 360),
    );
    camera.lookAt(at.x, at.y - 0.03, at.z);
    const x = (i % columns) * w;
    const y = height - (Math.floor(i / columns) + 1) * h;
    gl.setViewport(x, y, w, h);
    gl.setScissor(x, y, w, h);
    gl.render(scene, camera);
  });
  gl.setScissorTest(false);
  gl.setViewport(0, 0, width, height);
}

/** All in one picture, in rows, on the ground. */
function group(gl: WebGLRenderer, scene: Scene, people: readonly Person[], options: SheetOptions): void {
  const { columns, width, height } = options;
  const rows = Math.ceil(people.length / columns);
  people.forEach((person, i) => {
    const row = Math.floor(i / columns);
    person.root.position.set(((i % columns) - (columns - 1) / 2) * 0.95, 0, -row * 2.6);
  });
  const ground = new Mesh(
    new PlaneGeometry(60, 60),
    new MeshStandardMaterial({ color: '#8b8780', roughness: 0.9 }),
  );
  ground.rotation.x = -Math.PI / 2;
  ground.receiveShadow = true;
  scene.add(ground);
  const camera = new PerspectiveCamera(20, width / height, 0.05, 100);
  const span = Math.max(2.1 + (rows - 1) * 1.2, (columns * 0.95 * height) / width);
  const eye = options.eye ?? (rows > 1 ? 3.4 : 1.4);
  camera.position.set(0, eye, span / 2 / Math.tan((camera.fov * Math.PI) / 360));
  camera.lookAt(0, rows > 1 ? 0.75 : 0.88, (-(rows - 1) * 2.6) / 2);
  gl.render(scene, camera);
}

export function sheet(options: SheetOptions): Sheet {
  const { subjects, kind, width, height, detail } = options;
  const gl = (renderer ??= createRenderer());
  gl.setPixelRatio(1.5);
  gl.setSize(width, height, false);
  const scene = stage(gl, kind === 'faces' ? 1.4 : 5);
  const start = performance.now();
  const people = subjects.map((subject) => createPerson(randomPerson(subject.seed, subject), { detail }));
  people.forEach((person, i) => {
    strike(person, subjects[i]!);
    person.root.rotation.y = subjects[i]!.yaw ?? 0;
    scene.add(person.root);
  });
  const buildMs = performance.now() - start;
  const t0 = performance.now();
  (kind === 'faces' ? portraits : group)(gl, scene, people, options);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(gl.domElement, 0, 0, width, height);
  const image = canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
  const renderMs = performance.now() - t0;
  let count = 0;
  let draws = 0;
  for (const person of people)
    person.root.traverse((o) => {
      if (!(o instanceof Mesh)) return;
      count += triangles(o.geometry);
      draws++;
    });
  for (const person of people) person.dispose();
  return { image, buildMs, renderMs, triangles: count / people.length, draws: draws / people.length };
}

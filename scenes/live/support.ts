/**
 * Boxes without rendering: a few outermost points of every bone's flesh represent the surface. They are found once, at
 * rest, and then move with their bone. The convex hull of their projections is the silhouette without its hollows.
 */
import type { Object3D, Mesh } from 'three';
import { SkinnedMesh, Vector3 } from 'three';

/** Outermost points that move together, in the frame of their bone; xyz. */
export interface Support {
  readonly node: Object3D;
  readonly points: Float32Array;
}

/** The 26 directions to a cube's faces, edges and corners. */
const DIRECTIONS: readonly Vector3[] = [-1, 0, 1].flatMap((x) =>
  [-1, 0, 1].flatMap((y) =>
    [-1, 0, 1].flatMap((z) => (x || y || z ? [new Vector3(x, y, z).normalize()] : [])),
  ),
);

/** For each direction the point that reaches furthest; equal ones once. */
class Outermost {
  readonly #reach = new Float64Array(DIRECTIONS.length).fill(-Infinity);
  readonly #points: Vector3[] = DIRECTIONS.map(() => new Vector3());

  add(point: Vector3): void {
    DIRECTIONS.forEach((direction, i) => {
      const reach = direction.dot(point);
      if (reach <= this.#reach[i]!) return;
      this.#reach[i] = reach;
      this.#points[i]!.copy(point);
    });
  }

  get points(): Float32Array {
    const unique = new Map(this.#points.map((p) => [`${p.x} ${p.y} ${p.z}`, p]));
    return new Float32Array([...unique.values()].flatMap((p) => p.toArray()));
  }
}

/** The bone that moves a vertex most; the others only smooth the joint. */
function mainBone(mesh: SkinnedMesh, vertex: number): number {
  const index = mesh.geometry.getAttribute('skinIndex');
  const weight = mesh.geometry.getAttribute('skinWeight');
  let best = 0;
  for (let i = 1; i < 4; i++)
    if (weight.getComponent(vertex, i) > weight.getComponent(vertex, best)) best = i;
  return index.getComponent(vertex, best);
}

/** @param meshes of one body; the pose does not matter */
export function supportOf(meshes: Iterable<Mesh>): Support[] {
  const byNode = new Map<Object3D, Outermost>();
  const v = new Vector3();
  for (const mesh of meshes) {
    const position = mesh.geometry.getAttribute('position');
    for (let i = 0; i < position.count; i++) {
      v.fromBufferAttribute(position, i);
      let node: Object3D = mesh;
      if (mesh instanceof SkinnedMesh) {
        const bone = mainBone(mesh, i);
        node = mesh.skeleton.bones[bone]!;
        v.applyMatrix4(mesh.bindMatrix).applyMatrix4(mesh.skeleton.boneInverses[bone]!);
      }
      let outermost = byNode.get(node);
      if (!outermost) byNode.set(node, (outermost = new Outermost()));
      outermost.add(v);
    }
  }
  return [...byNode].map(([node, { points }]) => ({ node, points }));
}

/** World positions xyz in the present pose; world matrices must be up to date. */
export function placed(supports: readonly Support[]): Float32Array {
  const out = new Float32Array(supports.reduce((n, { points }) => n + points.length, 0));
  const v = new Vector3();
  let at = 0;
  for (const { node, points } of supports)
    for (let i = 0; i < points.length; i += 3, at += 3)
      v.fromArray(points, i).applyMatrix4(node.matrixWorld).toArray(out, at);
  return out;
}

/** Reduces draw calls: joins meshes of one material that never move apart. */
import type { BufferGeometry, Material, Matrix4, Object3D } from 'three';
import { BufferAttribute, InstancedMesh, Mesh, SkinnedMesh } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';

/** Paint that depends on where in its own frame a point is: such a surface must keep that frame. */
const isPainted = (material: Material): boolean => Object.hasOwn(material, 'customProgramCacheKey');

/** Joined geometries must have the same attributes: those that the material looks at. */
const needed = (material: Material): Set<string> =>
  new Set([
    'position',
    'normal',
    ...('map' in material && material.map !== null ? ['uv'] : []),
    ...(material.vertexColors ? ['color'] : []),
  ]);

/** A copy with the attributes in common, in the frame of the joint. */
function moved(mesh: Mesh, frame: Matrix4, material: Material): BufferGeometry {
  const geometry = mesh.geometry.clone();
  const names = needed(material);
  for (const name of Object.keys(geometry.attributes)) if (!names.has(name)) geometry.deleteAttribute(name);
  if (!geometry.index) {
    const order = Uint32Array.from({ length: geometry.getAttribute('position').count }, (_, i) => i);
    geometry.setIndex(new BufferAttribute(order, 1));
  }
  return geometry.applyMatrix4(frame);
}

const turnsInsideOut = (frame: Matrix4): boolean => frame.determinant() < 0;

/**
 * Joins meshes of one material under every joint into one mesh. Skinned meshes, instanced meshes and meshes painted by
 * their own frame stay as they are.
 *
 * @param joints objects that will move against `root`; meshes follow the nearest one above them
 * @returns new geometries; the caller disposes them
 */
export function weld(root: Object3D, joints: ReadonlySet<Object3D> = new Set()): BufferGeometry[] {
  root.updateWorldMatrix(true, true);
  const groups = new Map<string, { joint: Object3D; first: Mesh; material: Material; members: Mesh[] }>();
  const visit = (object: Object3D, joint: Object3D): void => {
    const own = joints.has(object) ? object : joint;
    if (object instanceof Mesh && !(object instanceof SkinnedMesh) && !(object instanceof InstancedMesh)) {
      const material = object.material as Material | Material[];
      if (!Array.isArray(material) && !isPainted(material) && object.children.length === 0) {
        const key = [own.id, material.id, object.castShadow, object.receiveShadow, object.renderOrder].join();
        const group = groups.get(key);
        if (group) group.members.push(object);
        else groups.set(key, { joint: own, first: object, material, members: [object] });
      }
    }
    for (const child of object.children) visit(child, own);
  };
  visit(root, root);
  const made: BufferGeometry[] = [];
  for (const { joint, first, material, members } of groups.values()) {
    const toJoint = joint.matrixWorld.clone().invert();
    const parts = members
      .map((mesh) => ({ mesh, frame: toJoint.clone().multiply(mesh.matrixWorld) }))
      .filter(({ mesh, frame }) => mesh !== joint && !turnsInsideOut(frame));
    if (parts.length < 2) continue;
    const geometry = mergeGeometries(parts.map(({ mesh, frame }) => moved(mesh, frame, material)));
    const joined = new Mesh(geometry, material);
    joined.castShadow = first.castShadow;
    joined.receiveShadow = first.receiveShadow;
    joined.renderOrder = first.renderOrder;
    for (const { mesh } of parts) mesh.removeFromParent();
    joint.add(joined);
    made.push(geometry);
  }
  return made;
}

/** The objects below a root that `move` moves, found by a trial move. */
export function jointsOf(root: Object3D, moves: readonly (() => void)[]): Set<Object3D> {
  const pose = (): Map<Object3D, Matrix4> => {
    const matrices = new Map<Object3D, Matrix4>();
    root.traverse((o) => {
      o.updateMatrix();
      matrices.set(o, o.matrix.clone());
    });
    return matrices;
  };
  const before = pose();
  const joints = new Set<Object3D>();
  for (const move of moves) {
    move();
    for (const [object, matrix] of pose()) if (!matrix.equals(before.get(object)!)) joints.add(object);
  }
  return joints;
}

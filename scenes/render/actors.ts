/** Bodies for the simulation's movers: each appears with its mover and is posed from its numbers. */
import type { Mesh, Object3D } from 'three';
import { Mesh as ThreeMesh, Vector3 } from 'three';
import type { Person, PersonSpec } from '../people/index.ts';
import { createPerson } from '../people/index.ts';
import type { Mover } from '../simulation/movers.ts';
import { turnBetween } from '../simulation/movers.ts';
import { createVehicle } from '../vehicles/garage.ts';
import type { Vehicle } from '../vehicles/vehicle.ts';
import { castingOf } from '../worlds/plan.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import type { Subject } from './outlines.ts';

export interface Actor {
  readonly id: string;
  readonly person?: Person;
  readonly vehicle?: Vehicle;
  /** Follows its mover to another moment; cheap, so that no moment need be left out. */
  follow(mover: Mover, timeS: number): void;
  /** Puts the body into the pose of that moment. */
  pose(): void;
  /** Its outline as seen from the lens; bicycles and scooters have two parts, machine and rider. */
  subject(lens: Vector3): Subject;
  dispose(): void;
}

/** Below this speed a walker stands, above the second one it walks; between them it shuffles in small steps. */
const STAND = 0.12;

function meshesOf(root: Object3D): Mesh[] {
  const meshes: Mesh[] = [];
  root.traverse((o) => {
    if (o instanceof ThreeMesh) meshes.push(o);
  });
  return meshes;
}

/** World positions of a rigid object's vertices, thinned where there are many. */
function rigidPoints(root: Object3D): Float32Array {
  const points: number[] = [];
  const v = new Vector3();
  root.updateWorldMatrix(true, true);
  for (const mesh of meshesOf(root)) {
    const position = mesh.geometry.getAttribute('position');
    const step = position.count > 2000 ? 3 : 1;
    for (let i = 0; i < position.count; i += step) {
      v.fromBufferAttribute(position, i).applyMatrix4(mesh.matrixWorld);
      points.push(v.x, v.y, v.z);
    }
  }
  return new Float32Array(points);
}

/** The outline of a rigid object. */
export const rigidSubject = (root: Object3D): Subject => ({
  meshes: meshesOf(root),
  points: rigidPoints(root),
});

const personSubject = (person: Person, lens: Vector3): Subject => ({
  meshes: person.silhouette,
  points: person.sampleVertices(3),
  face: faceTowards(person, lens),
});

/** The corners of the face box in the world, and how far the face is turned away from the lens about the vertical. */
function faceTowards({ head, faceCorners }: Person, lens: Vector3): NonNullable<Subject['face']> {
  head.updateWorldMatrix(true, false);
  const corners = faceCorners.map((corner) =>
    new Vector3(...corner).applyMatrix4(head.matrixWorld).toArray(),
  );
  const at = new Vector3().setFromMatrixPosition(head.matrixWorld);
  const look = new Vector3().setFromMatrixColumn(head.matrixWorld, 2);
  const yaw = turnBetween(Math.atan2(lens.x - at.x, lens.z - at.z), Math.atan2(look.x, look.z));
  return { corners, yawDeg: (yaw * 180) / Math.PI };
}

/** Where bodies come from; a live scene has its own, which change their level of detail. */
export interface Makers {
  /** @param rides on a bicycle or scooter, made once for each of those */
  person(spec: PersonSpec, plan: WorldPlan, rides: boolean): Person;
  vehicle: typeof createVehicle;
}

const FULL: Makers = {
  person: (spec, { detail }) => createPerson(spec, { detail }),
  vehicle: createVehicle,
};

function walker(plan: WorldPlan, first: Mover, parent: Object3D, make: Makers): Actor {
  const person = make.person(castingOf(plan, first)!, plan, false);
  parent.add(person.root);
  let mover = first;
  let phase = (first.character % 97) / 97;
  let time = 0;
  return {
    id: first.id,
    person,
    follow(next, timeS) {
      const moved = Math.hypot(next.x - mover.x, next.z - mover.z);
      if (next.speed > STAND) phase += moved / person.strideLength(next.speed);
      mover = next;
      time = timeS;
    },
    pose() {
      const { x, z, heading, speed } = mover;
      person.root.position.set(x, plan.groundAt?.(x, z) ?? 0, z);
      person.root.rotation.y = heading;
      if (speed > STAND) person.walk({ phase, speed });
      else person.stand({ time: time + (first.character % 50) });
    },
    subject: (lens) => personSubject(person, lens),
    dispose: () => person.dispose(),
  };
}

function driver(plan: WorldPlan, first: Mover, parent: Object3D, make: Makers): Actor {
  const spec = castingOf(plan, first);
  const rider = spec && (() => make.person(spec, plan, true));
  const vehicle: Vehicle = make.vehicle(first.body ?? 'hatchback', first.character, rider);
  parent.add(vehicle.root);
  let mover = first;
  return {
    id: first.id,
    vehicle,
    ...(vehicle.rider && { person: vehicle.rider }),
    follow(next) {
      mover = next;
    },
    pose() {
      vehicle.root.position.set(mover.x, plan.groundAt?.(mover.x, mover.z) ?? 0, mover.z);
      vehicle.root.rotation.y = mover.heading;
      vehicle.drive(mover.travelled, mover.acceleration, mover.speed);
    },
    subject(lens) {
      if (!vehicle.machine || !vehicle.rider) return rigidSubject(vehicle.root);
      const machine = rigidSubject(vehicle.machine);
      const rider = personSubject(vehicle.rider, lens);
      return {
        meshes: [...machine.meshes, ...rider.meshes],
        points: new Float32Array([...machine.points, ...rider.points]),
        parts: [machine, rider],
      };
    },
    dispose() {
      vehicle.root.removeFromParent();
      vehicle.dispose();
    },
  };
}

/** Keeps one actor for every mover that may come into view. */
export class Cast {
  readonly #actors = new Map<string, Actor>();
  readonly #plan: WorldPlan;
  readonly #parent: Object3D;
  readonly #inReach: (mover: Mover) => boolean;
  readonly #make: Makers;

  constructor(
    plan: WorldPlan,
    parent: Object3D,
    /** Movers beyond the camera's range get no body. */
    inReach: (mover: Mover) => boolean,
    make: Makers = FULL,
  ) {
    this.#plan = plan;
    this.#parent = parent;
    this.#inReach = inReach;
    this.#make = make;
  }

  /** Moves all actors to this moment without posing them. */
  follow(movers: readonly Mover[], timeS: number): void {
    const present = new Set<string>();
    for (const mover of movers) {
      if (!this.#inReach(mover)) continue;
      present.add(mover.id);
      let actor = this.#actors.get(mover.id);
      if (!actor) {
        const appear = mover.body ? driver : walker;
        actor = appear(this.#plan, mover, this.#parent, this.#make);
        this.#actors.set(mover.id, actor);
      }
      actor.follow(mover, timeS);
    }
    for (const [id, actor] of this.#actors)
      if (!present.has(id)) {
        actor.dispose();
        this.#actors.delete(id);
      }
  }

  pose(): void {
    for (const actor of this.#actors.values()) actor.pose();
  }

  get all(): Actor[] {
    return [...this.#actors.values()];
  }
}

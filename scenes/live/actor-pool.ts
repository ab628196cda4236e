/**
 * The people and vehicles of a live scene: a few, built once and reused as others. Building a person takes longer than
 * the time of a picture, and a compiled shader program lives only as long as its material.
 */
import type { Group } from 'three';
import type { Constraints, Detail } from '../people/index.ts';
import { createPerson } from '../people/index.ts';
import { randomPerson } from '../people/random.ts';
import { lendShape } from '../people/shape.ts';
import type { PersonSpec } from '../people/spec.ts';
import type { Makers } from '../render/actors.ts';
import { hashSeed } from '../rng.ts';
import type { Body } from '../simulation/movers.ts';
import { createVehicle } from '../vehicles/garage.ts';
import type { Vehicle } from '../vehicles/vehicle.ts';
import { LevelledPerson, costOf, meshesOf } from './levelled.ts';
import { supportOf, type Support } from './support.ts';
import type { Cost } from './tiers.ts';
import { jointsOf, weld } from './merge-meshes.ts';
import type { ShapeWorkers } from './shape-workers.ts';

/** Meshing grid of cars, metres: about 12 000 triangles. */
const CAR_CELL = 0.08;
const RIDER: Constraints = { bag: false, trousers: true, age: [16, 70] };

export interface LiveVehicle extends Vehicle {
  /** Size of the machine, without a rider. */
  readonly cost: Cost;
  readonly support: readonly Support[];
  readonly rider?: LevelledPerson;
}

export class ActorPool implements Makers {
  readonly #walkers: LevelledPerson[] = [];
  readonly #free = new Set<LevelledPerson>();
  readonly #riders: LevelledPerson[] = [];
  readonly #vehicles: { body: Body; vehicle: LiveVehicle; free: boolean }[] = [];
  readonly #seed: number;
  readonly #workshop: ShapeWorkers;

  constructor(seed: number, workshop: ShapeWorkers) {
    this.#seed = seed;
    this.#workshop = workshop;
  }

  /**
   * Makes the first people and one vehicle of every body.
   *
   * @param progress told after each person
   */
  async prepare(
    walkers: number,
    riders: number,
    bodies: readonly Body[],
    progress: (done: number, of: number) => void,
  ): Promise<void> {
    let done = 0;
    const make = async (spec: PersonSpec, left: (self: LevelledPerson) => void) => {
      const person = await this.#build(spec, 'far');
      const levelled: LevelledPerson = new LevelledPerson(person, () => left(levelled));
      progress(++done, walkers + riders);
      return levelled;
    };
    const named = (role: string, i: number) => hashSeed(this.#seed, `${role}-${i}`);
    const cast = Array.from({ length: walkers }, (_, i) =>
      make(randomPerson(named('walker', i)), (self) => this.#free.add(self)),
    );
    const riding = Array.from({ length: riders }, (_, i) =>
      make(randomPerson(named('rider', i), RIDER), () => {}),
    );
    // In the order of their seeds, whichever is ready first.
    for (const walker of await Promise.all(cast)) {
      this.#walkers.push(walker);
      this.#free.add(walker);
    }
    this.#riders.push(...(await Promise.all(riding)));
    for (const [i, body] of bodies.entries())
      this.vehicle(body, hashSeed(this.#seed, `vehicle-${i}`), null).dispose();
  }

  get canWalk(): boolean {
    return this.#free.size > 0;
  }

  canDrive(body: Body): boolean {
    const taken = this.#vehicles.every((unit) => unit.body !== body || !unit.free);
    return !taken || !needsRider(body) || this.#riders.length > 0;
  }

  /** All people and vehicles, to compile their shaders. */
  get roots(): Group[] {
    return [
      ...this.#walkers.map(({ root }) => root),
      ...this.#riders.map(({ root }) => root),
      ...this.#vehicles.map(({ vehicle }) => vehicle.root),
    ];
  }

  /** @throws RangeError when all people are in use; check `canWalk` before */
  person(spec: PersonSpec): LevelledPerson {
    if (this.#free.size === 0) throw new RangeError('Nobody is left.');
    // The same character gets the same member if that one is free.
    const from = spec.seed % this.#walkers.length;
    const turn = [...this.#walkers.slice(from), ...this.#walkers.slice(0, from)];
    const member = turn.find((walker) => this.#free.has(walker))!;
    this.#free.delete(member);
    return member;
  }

  vehicle(body: Body, character: number, _rider: unknown): LiveVehicle {
    let unit = this.#vehicles.find((one) => one.body === body && one.free);
    if (!unit) {
      unit = { body, free: true, vehicle: this.#assemble(body, character) };
      this.#vehicles.push(unit);
    }
    const taken = unit;
    taken.free = false;
    return { ...taken.vehicle, dispose: () => (taken.free = true) };
  }

  /** Requests a finer level, unless it exists or is in progress. */
  refine(person: LevelledPerson, detail: Detail): void {
    if (person.has(detail) || person.ordered.has(detail)) return;
    person.ordered.add(detail);
    void this.#build(person.spec, detail).then((finer) => person.add(finer));
  }

  async #build(spec: PersonSpec, detail: Detail) {
    const takeBack = lendShape(spec, detail, await this.#workshop.build(spec, detail));
    const person = createPerson(spec, { detail });
    takeBack();
    return person;
  }

  #assemble(body: Body, character: number): LiveVehicle {
    const rider = needsRider(body) ? this.#riders.shift() : undefined;
    const vehicle = createVehicle(body, character, rider ? () => rider : null, CAR_CELL);
    const machine = (vehicle.machine ?? vehicle.root) as Group;
    const drives = [0.3, 0.7].map((m) => () => vehicle.drive(m, -m, 5 * m));
    weld(machine, jointsOf(machine, drives));
    const meshes = meshesOf(machine);
    const { rider: _person, ...rest } = vehicle;
    return { ...rest, cost: costOf(meshes), support: supportOf(meshes), ...(rider && { rider }) };
  }
}

const needsRider = (body: Body): boolean => body === 'bicycle' || body === 'scooter';

/** Chooses a mover's vehicle: the same character seed always gives the same car. */
import type { Person } from '../people/index.ts';
import { createRng } from '../rng.ts';
import type { Body } from '../simulation/movers.ts';
import { createBicycle } from './bicycle.ts';
import { createCar } from './car.ts';
import { createScooter } from './scooter.ts';
import type { Vehicle } from './vehicle.ts';

/** Roughly as often as on Japanese roads: white, silver and black first. */
const CAR_COLOURS = [
  ['#e6e7e8', 6],
  ['#24272c', 3],
  ['#9a9ea3', 3],
  ['#6b7178', 2],
  ['#2b4a7a', 2],
  ['#8e1f24', 1],
  ['#b8c4b0', 1],
  ['#d8cfc0', 1],
] as const;
const FRAME_COLOURS = ['#7a2230', '#35506b', '#d9dadc', '#2d4a3a', '#20242a'] as const;
const BUS_COLOURS = [
  ['#ece7da', '#2c6e49'],
  ['#e9e7e2', '#2f5c9c'],
  ['#f0ead8', '#b23a2c'],
] as const;

/**
 * @param rider for bicycles and scooters; made by the caller
 * @param cell meshing grid in metres, see `createCar`
 */
export function createVehicle(
  body: Body,
  character: number,
  rider: (() => Person) | null,
  cell?: number,
): Vehicle {
  const rng = createRng(character);
  switch (body) {
    case 'bicycle':
    case 'scooter': {
      if (!rider) throw new TypeError(`A ${body} needs a rider.`);
      return body === 'bicycle'
        ? createBicycle(rider(), rng.pick(FRAME_COLOURS))
        : createScooter(rider(), rng.pick(['#dcdcde', '#27292d', '#8e1f24']));
    }
    case 'bus': {
      const [paint, second] = rng.pick(BUS_COLOURS);
      return createCar(body, { paint, second }, cell);
    }
    case 'truck':
      return createCar(body, { paint: '#e8eaec', second: '#e8eaec' }, cell);
    default:
      return createCar(body, { paint: rng.weighted(CAR_COLOURS), second: '#000000' }, cell);
  }
}

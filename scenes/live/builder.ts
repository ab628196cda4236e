/** Entry of the worker that builds people's shapes, so that the one that draws never stands still for it. */
import type { Detail } from '../people/levels.ts';
import { buildShape } from '../people/shape.ts';
import type { PersonSpec } from '../people/spec.ts';
import { buffersOf, packShape, type PackedShape } from './parcel.ts';

export interface BuildOrder {
  readonly spec: PersonSpec;
  readonly detail: Detail;
}

export type Built = PackedShape;

const scope = self as unknown as {
  onmessage: (event: MessageEvent<BuildOrder>) => void;
  postMessage(built: Built, transfer: Transferable[]): void;
};

scope.onmessage = ({ data: { spec, detail } }) => {
  const built = packShape(buildShape(spec, detail));
  scope.postMessage(built, buffersOf(built));
};

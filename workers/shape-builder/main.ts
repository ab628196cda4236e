/** Entry of the worker that builds people's shapes, so that the one that draws never stands still for it. */
import './lockdown.ts';
import { buildShape } from '../../scenes/people/shape.ts';
import { buffersOf, packShape, type BuildRequest, type Built } from '../../scenes/live/geometry-transfer.ts';

const scope = self as unknown as {
  onmessage: (event: MessageEvent<BuildRequest>) => void;
  postMessage(built: Built, transfer: Transferable[]): void;
};

scope.onmessage = ({ data: { spec, detail } }) => {
  const built = packShape(buildShape(spec, detail));
  scope.postMessage(built, buffersOf(built));
};

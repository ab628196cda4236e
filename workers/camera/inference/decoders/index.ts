import type { Family } from '../../../../models/registry.ts';
import { decodeBlazeface } from './blazeface.ts';
import { decodeCenternet, decodeSignFinder } from './centernet.ts';
import type { Decoder } from './decoder.ts';
import { decodeFastestdet } from './fastestdet.ts';
import { decodeNanodet } from './nanodet.ts';
import { decodeRfb } from './rfb.ts';
import { decodeYolox } from './yolox.ts';
import { decodeYunet } from './yunet.ts';

/** The detector families with an ONNX graph, and their decoders. */
export const DECODERS: Partial<Record<Family, Decoder>> = {
  blazeface: decodeBlazeface,
  centernet: decodeCenternet,
  fastestdet: decodeFastestdet,
  nanodet: decodeNanodet,
  rfb: decodeRfb,
  'sign-finder': decodeSignFinder,
  yolox: decodeYolox,
  yunet: decodeYunet,
};

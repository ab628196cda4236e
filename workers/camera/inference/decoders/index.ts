import type { Family } from '../../../../models/registry.ts';
import { decodeBlazeface } from './blazeface.ts';
import { decodeCenternet } from './centernet.ts';
import type { Decoder } from './decoder.ts';
import { decodeFastestdet } from './fastestdet.ts';
import { decodeNanodet } from './nanodet.ts';
import { decodeRfb } from './rfb.ts';
import { decodeYolox } from './yolox.ts';
import { decodeYunet } from './yunet.ts';

/** The families that detect something with an ONNX graph, and how their tensors are read. */
export const DECODERS: Partial<Record<Family, Decoder>> = {
  blazeface: decodeBlazeface,
  centernet: decodeCenternet,
  fastestdet: decodeFastestdet,
  nanodet: decodeNanodet,
  rfb: decodeRfb,
  yolox: decodeYolox,
  yunet: decodeYunet,
};

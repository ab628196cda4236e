/** The chips this estimator knows, and the models that were measured on them. */
import * as v from 'valibot';
import axisArtpec8 from './chips/axis-artpec-8.json' with { type: 'json' };
import axisArtpec9 from './chips/axis-artpec-9.json' with { type: 'json' };
import cv25 from './chips/ambarella-cv25.json' with { type: 'json' };
import cv75 from './chips/ambarella-cv75.json' with { type: 'json' };
import ethosU55 from './chips/arm-ethos-u55.json' with { type: 'json' };
import ethosU65 from './chips/arm-ethos-u65.json' with { type: 'json' };
import edgeTpu from './chips/coral-edge-tpu.json' with { type: 'json' };
import cortexA53 from './chips/cortex-a53.json' with { type: 'json' };
import hailo8l from './chips/hailo-8l.json' with { type: 'json' };
import we2 from './chips/himax-we2.json' with { type: 'json' };
import k210 from './chips/kendryte-k210.json' with { type: 'json' };
import raspberryPi5 from './chips/raspberry-pi-5.json' with { type: 'json' };
import imx500 from './chips/sony-imx500.json' with { type: 'json' };
import known from './known-models.json' with { type: 'json' };
import { Chip, KnownModels } from './chip.ts';

/** In display order: sensors and camera processors first, then processors beside a camera. */
export const CHIPS: readonly Chip[] = [
  imx500,
  axisArtpec8,
  axisArtpec9,
  cv25,
  cv75,
  edgeTpu,
  hailo8l,
  ethosU65,
  ethosU55,
  we2,
  k210,
  raspberryPi5,
  cortexA53,
].map((chip) => v.parse(Chip, chip));

export const KNOWN_MODELS: KnownModels = v.parse(KnownModels, known);

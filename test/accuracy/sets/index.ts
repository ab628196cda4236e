import { evalSet, type EvalSet } from '../set.ts';
import { crowdTable, measureMosaics, measurePetsCrowd, type CrowdResult } from '../cases/crowding.ts';
import { countClips, countTable } from '../counting.ts';
import { CHIPS_SET } from './chips.ts';
import { COCO } from './coco.ts';
import { COVERS } from './covers.ts';
import { DETECTORS } from './detectors.ts';
import { FACES } from './faces.ts';
import { FAIRFACE } from './fairface.ts';
import { GTSDB } from './gtsdb.ts';
import { INTEL } from './intel.ts';
import { LFW } from './lfw.ts';
import { PETS } from './pets.ts';
import { SCENES } from './scenes.ts';
import { UTKFACE } from './utkface.ts';

/** All sets by the name they are asked for and reported under. */
export const SETS: Readonly<Record<string, EvalSet>> = {
  scenes: SCENES,
  detectors: DETECTORS,
  faces: FACES,
  intel: evalSet({
    folder: 'intel',
    measure: async ({ lab, engine }) => countClips(await lab(), INTEL, engine, 'intel'),
    table: countTable,
  }),
  pets: PETS,
  'pets-crowd': evalSet({
    folder: 'pets09_s3_mf1',
    measure: measurePetsCrowd,
    table: (result: CrowdResult) => crowdTable('pets', result),
  }),
  crowd: evalSet({
    folder: 'pets09_s3_mf1',
    measure: measureMosaics,
    table: (results: Record<string, CrowdResult>) =>
      Object.entries(results)
        .map(([title, result]) => crowdTable(title, result))
        .join('\n\n'),
  }),
  coco: COCO,
  covers: COVERS,
  chips: CHIPS_SET,
  fairface: FAIRFACE,
  utkface: UTKFACE,
  lfw: LFW,
  gtsdb: GTSDB,
};

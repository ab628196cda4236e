/**
 * `npx tsx test/forensics/cli.ts --profile FOLDER [--passphrase TEXT]`: what the files of a browser's profile alone give away of
 * case 3's vault. For an operator who wants to see for himself; close the browser or copy the folder first.
 */
import { parseArgs } from 'node:util';
import { examine } from './profile.ts';

const { values } = parseArgs({ options: { profile: { type: 'string' }, passphrase: { type: 'string' } } });
if (!values.profile) {
  console.error('incam: --profile FOLDER is missing, the folder of the browser’s profile');
  process.exit(1);
}
const { passphrase } = values;
const { plainKeys, keyFiles, openSlots, blocks, openedDays } = await examine(values.profile, {
  ...(passphrase !== undefined && { passphrase }),
});
console.log(`keys in plain: ${plainKeys}`);
console.log(`files of wrapped keys: ${keyFiles}, slots that open: ${openSlots}`);
console.log(`sealed blocks, old and deleted ones included: ${blocks}, of which open: ${openedDays.length}`);

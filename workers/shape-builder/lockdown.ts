/** Imported first: what builds shapes talks to the scene that ordered them and to nothing else. */
import { lockdown } from '../isolation/lockdown.ts';

lockdown(self, { keep: ['postMessage'] });

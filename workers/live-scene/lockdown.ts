/** Imported first: the scene draws, has shapes built by workers of its own, and reaches nothing else. */
import { lockdown, muteErrors } from '../isolation/lockdown.ts';
// Takes hold of Trusted Types, which the lockdown removes.
import '../isolation/script-url.ts';

lockdown(self, { keep: ['Worker'] });
muteErrors(self);

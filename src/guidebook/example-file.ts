/** An invented operator's file in four languages, to show what a complete one looks like. Loaded only on request. */
import * as v from 'valibot';
import example from './example.json' with { type: 'json' };
import { OperatorFile } from './operator-file.ts';

export const EXAMPLE_FILE: OperatorFile = v.parse(OperatorFile, example);

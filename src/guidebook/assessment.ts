/** The impact assessment's own head, by case. */
import type { CaseId } from '../../contract/index.ts';
import type { OperatorFile } from './operator-file.ts';

export type Assessment = NonNullable<OperatorFile['assessments'][CaseId]>;

const EMPTY: Assessment = { author: '', date: '', approved: '', need: '', conclusion: '' };

export const assessmentOf = (file: OperatorFile, id: CaseId): Assessment => file.assessments[id] ?? EMPTY;

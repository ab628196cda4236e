/** Loops that do nothing but multiply and add in registers: what a browser on this processor could do at most. */
import {
  constant,
  get,
  Locals,
  multiplyAdd,
  repeat,
  seq,
  set,
  splat,
  sub,
} from '../../../lib/wasm/assemble.ts';
import { smallModule } from '../../../lib/wasm/small.ts';

/** Sums that do not wait for one another: more than the latency of an addition times how many begin at once. */
const SUMS = 12;
const REPEATED = 4;
/** Four numbers, a multiplication and an addition each. */
export const FLOPS_A_ROUND = SUMS * REPEATED * 4 * 2;

/** A module that exports `run(rounds: i32): i32`. */
export function peakModule(relaxed: boolean): number[] {
  const locals = new Locals(1);
  const factor = locals.one('v128');
  const sums = Array.from({ length: SUMS }, () => locals.one('v128'));
  const half = [0x43, 0, 0, 0, 0x3f];
  const body = locals.body(
    seq(
      set(factor, splat(half)),
      repeat(
        get(0),
        ...Array.from({ length: REPEATED }, () =>
          seq(...sums.map((sum) => set(sum, multiplyAdd(get(sum), get(factor), get(factor), relaxed)))),
        ),
        set(0, sub(get(0), constant(1))),
      ),
      // Something of every sum has to leave, or the loop is optimised away.
      seq(...sums.map((sum, i) => seq(get(sum), i > 0 ? [0xfd, 0x51] : []))),
      // v128.any_true
      [0xfd, 0x53],
    ),
  );
  return [...smallModule({ parameters: ['i32'], results: ['i32'], functions: { run: body } })];
}

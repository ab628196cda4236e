/** Einstein summation (onnx/docs/Operators.md, Einsum): what its equation says of sizes and of work. */
import { OnnxError } from './errors.ts';
import { stringOf, type Node } from './model.ts';

export interface Equation {
  /** Sizes of the result. */
  readonly dims: number[];
  /** Products that are summed up: the size of every index, once, multiplied. */
  readonly products: number;
}

/**
 * @param operands sizes of each operand
 * @throws {OnnxError} `malformed` where the equation and the operands do not fit each other
 */
export function equationOf(node: Node, operands: readonly (readonly number[])[]): Equation {
  const text = stringOf(node, 'equation', '').replaceAll(/\s/g, '');
  const wrong = (why: string) => new OnnxError('malformed', `Einsum ${node.name} (${text}): ${why}`);
  const [left = '', right] = text.split('->');
  const terms = left.split(',').map(indicesOf);
  if (terms.length !== operands.length) throw wrong(`${operands.length} operands`);
  const sizes = new Map<string, number>();
  /** Axes that the dots stand for, counted from the last one. */
  let dotted = 0;
  terms.forEach((term, i) => {
    const dims = operands[i] ?? [];
    const named = term.filter((index) => index !== DOTS).length;
    const dots = term.includes(DOTS) ? dims.length - named : 0;
    if (dots < 0 || named + dots !== dims.length) throw wrong(`[${dims.join()}] for ${term.join('')}`);
    dotted = Math.max(dotted, dots);
    expand(term, dots).forEach((index, axis) => {
      const size = dims[axis] ?? NaN;
      const before = sizes.get(index) ?? 1;
      if (before !== 1 && size !== 1 && before !== size) throw wrong(`${index} is ${before} and ${size}`);
      sizes.set(index, Math.max(before, size));
    });
  });
  const result = right === undefined ? implied(terms, dotted) : expand(indicesOf(right), dotted);
  const dims = result.map((index) => {
    const size = sizes.get(index);
    if (size === undefined) throw wrong(`${index} is in the result alone`);
    return size;
  });
  return { dims, products: [...sizes.values()].reduce((product, size) => product * size, 1) };
}

const DOTS = '...';

const indicesOf = (term: string): string[] => term.match(/\.\.\.|[A-Za-z]/g) ?? [];

/** The dots written out as one index for each axis. They broadcast from the last axis, which is therefore numbered 0. */
const expand = (term: readonly string[], dots: number): string[] =>
  term.flatMap((index) =>
    index === DOTS ? Array.from({ length: dots }, (_, i) => `.${dots - 1 - i}`) : [index],
  );

/** Without an arrow: the dotted axes, then every index that stands once, in alphabetical order. */
function implied(terms: readonly (readonly string[])[], dotted: number): string[] {
  const named = terms.flat().filter((index) => index !== DOTS);
  const once = named.filter((index) => named.indexOf(index) === named.lastIndexOf(index)).sort();
  return [...expand([DOTS], dotted), ...once];
}

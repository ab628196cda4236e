/** Writes WebAssembly instructions as nested expressions; only those that the kernels of this project need. */
import { u32 } from './module.ts';

/** Instructions in the binary format. */
export type Code = readonly number[];

/** LEB128 of a signed number of 32 bits. */
function s32(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const byte = rest & 0x7f;
    if (rest >> 6 === 0 || rest >> 6 === -1) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

/** One instruction after the other. */
export const seq = (...parts: readonly Code[]): Code => parts.flat();
/** The value of a variable. @param local its index */
export const get = (local: number): Code => [0x20, ...u32(local)];
/** Stores a value. @param local index of the variable */
export const set = (local: number, value: Code): Code => [...value, 0x21, ...u32(local)];
/** A whole number of 32 bits, with its sign. */
export const constant = (value: number): Code => [0x41, ...s32(value)];

const operator =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), opcode];
export const eq = operator(0x46);
export const ltS = operator(0x48);
export const ltU = operator(0x49);
export const leU = operator(0x4d);
export const add = operator(0x6a);
export const sub = operator(0x6b);
export const mul = operator(0x6c);
export const divU = operator(0x6e);
export const remU = operator(0x70);
export const and = operator(0x71);
export const shl = operator(0x74);
export const shrU = operator(0x76);

/** Bytes of `count` floats. */
export const floats = (count: Code): Code => shl(count, constant(2));
/** The first operand if the last is not 0, else the second. */
export const select = (yes: Code, no: Code, condition: Code): Code => [...yes, ...no, ...condition, 0x1b];
/** The smaller of two numbers with signs. @param a index of a variable, @param scratch of another, overwritten */
export const minS = (a: number, b: Code, scratch: number): Code =>
  seq(set(scratch, b), select(get(a), get(scratch), ltS(get(a), get(scratch))));

const memory = (offset: number) => [2, ...u32(offset)];
/** Reads 32 bits. @param address in bytes, @param offset bytes added to it */
export const load = (address: Code, offset = 0): Code => [...address, 0x28, ...memory(offset)];
/** Writes a whole number of 32 bits. @param address in bytes */
export const store = (address: Code, value: Code): Code => [...address, ...value, 0x36, ...memory(0)];

const BLOCK = 0x40;
/** Runs `then` if the condition is not 0. */
export const when = (condition: Code, ...then: readonly Code[]): Code => [
  ...condition,
  0x04,
  BLOCK,
  ...then.flat(),
  0x0b,
];
/** Runs `then` if the condition is not 0, else `not`. */
export const otherwise = (condition: Code, then: Code, not: Code): Code => [
  ...condition,
  0x04,
  BLOCK,
  ...then,
  0x05,
  ...not,
  0x0b,
];
/** Repeats the body as long as the condition holds before it. */
export const repeat = (condition: Code, ...body: readonly Code[]): Code => [
  0x03,
  BLOCK,
  ...when(condition, ...body, [0x0c, 1]),
  0x0b,
];
/** Calls a function. @param index of the function in the module */
export const call = (index: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  0x10,
  ...u32(index),
];
/** Calls a function of the module's first table. @param type index of its type, @param place in the table */
export const callIndirect = (type: number, place: Code, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  ...place,
  0x11,
  ...u32(type),
  0,
];
/** Writes zeros. @param address and @param bytes in bytes */
export const zeroMemory = (address: Code, bytes: Code): Code => [
  ...address,
  ...constant(0),
  ...bytes,
  0xfc,
  11,
  0,
];
/** Copies bytes; the two stretches may overlap. */
export const copyMemory = (to: Code, from: Code, bytes: Code): Code => [
  ...to,
  ...from,
  ...bytes,
  0xfc,
  10,
  0,
  0,
];

const vector = (sub: number) => [0xfd, ...u32(sub)];
/** Reads 16 bytes. @param address in bytes, @param offset bytes added to it */
export const loadVector = (address: Code, offset = 0): Code => [...address, ...vector(0), ...memory(offset)];
/** Reads one number of 32 bits, four times. @param address in bytes, @param offset bytes added to it */
export const loadSplat = (address: Code, offset = 0): Code => [...address, ...vector(9), ...memory(offset)];
/** Reads one byte, sixteen times. @param address in bytes */
export const loadByteSplat = (address: Code): Code => [...address, ...vector(7), 0, 0];
/** Reads one number of 16 bits, eight times. @param address in bytes */
export const loadShortSplat = (address: Code): Code => [...address, ...vector(8), 1, 0];
/** Writes 16 bytes. @param address in bytes, @param offset bytes added to it */
export const storeVector = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...vector(11),
  ...memory(offset),
];
/** Stores one number of four. @param lane its index, @param offset bytes added to the address */
export const storeLane = (address: Code, value: Code, lane: number, offset = 0): Code => [
  ...address,
  ...value,
  ...vector(90),
  ...memory(offset),
  lane,
];
/** Of the eight numbers of two vectors, four by their index, 0..7. */
export const shuffle = (a: Code, b: Code, places: readonly number[]): Code => [
  ...a,
  ...b,
  ...vector(13),
  ...places.flatMap((place) => [0, 1, 2, 3].map((byte) => place * 4 + byte)),
];
export const zeroVector: Code = [...vector(12), ...new Array<number>(16).fill(0)];

/** a * b + c of four numbers each: at once and rounded once where `relaxed`, else in two steps. */
export const multiplyAdd = (a: Code, b: Code, c: Code, relaxed: boolean): Code =>
  relaxed ? [...a, ...b, ...c, ...vector(0x105)] : [...c, ...a, ...b, ...vector(0xe6), ...vector(0xe4)];

/** a * b of four floats each. */
export const multiply = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xe6)];
/** a + b of four floats each. */
export const addVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xe4)];
/** The eight bytes at an address as the lower half of a vector. */
export const loadHalf = (address: Code): Code => [...address, ...vector(93), ...memory(0)];
/** Sixteen bytes as two vectors of numbers of 16 bits, in order. */
export const widenToShorts = (bytes: Code): [Code, Code] => [
  [...bytes, ...vector(0x89)],
  [...bytes, ...vector(0x8a)],
];
/** Eight numbers of 16 bits without sign as two vectors of whole numbers, in order. */
export const widenShorts = (shorts: Code): Code[] => [0xa9, 0xaa].map((half) => [...shorts, ...vector(half)]);
/** Sixteen bytes as four vectors of whole numbers, in order. */
export const widenBytes = (bytes: Code): Code[] => widenToShorts(bytes).flatMap(widenShorts);
/** Bits that are set in both. */
export const andVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x4e)];
/** Bits that are set in either. */
export const orVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x50)];
/** Four whole numbers, shifted left by so many bits. */
export const shiftLeft = (numbers: Code, bits: number): Code => [
  ...numbers,
  ...constant(bits),
  ...vector(0xab),
];
/** All bits of a number where the two whole numbers are equal, else none. */
export const equalVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x37)];
/** Four times the same whole number. */
export const splatWhole = (value: number): Code => [...constant(value), ...vector(0x11)];
/** Eight times the same number of 16 bits. */
export const splatShort = (number: Code): Code => [...number, ...vector(0x10)];
/** a * b of eight numbers of 16 bits each; what does not fit is cut off. */
export const multiplyShorts = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x95)];
/** a + b of eight numbers of 16 bits each; what does not fit is cut off. */
export const addShorts = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x8e)];
/** Eight numbers of 16 bits without sign, shifted right by so many bits. */
export const shiftShorts = (shorts: Code, bits: number): Code => [
  ...shorts,
  ...constant(bits),
  ...vector(0x8d),
];
/** Two vectors of numbers of 16 bits, none above 255, as bytes. */
export const narrowShorts = (low: Code, high: Code): Code => [...low, ...high, ...vector(0x66)];
/** Of each two bytes the mean, halves up. */
export const meansUp = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x7b)];
const not = (bits: Code): Code => [...bits, ...vector(0x4d)];
/** Of each two bytes the mean, halves down. */
export const meansDown = (a: Code, b: Code): Code => not(meansUp(not(a), not(b)));
/** Whole numbers to floats. */
export const toFloats = (numbers: Code): Code => [...numbers, ...vector(0xfa)];
/** Four floats, rounded half to even and kept within a byte, as the first four bytes of a vector (and three times more). */
export const toBytes = (numbers: Code, scratch: number): Code => {
  const whole = [...numbers, ...vector(0x6a), ...vector(0xf8)];
  const twice = (operands: Code, narrow: number) =>
    seq(set(scratch, operands), get(scratch), get(scratch), vector(narrow));
  return twice(twice(whole, 0x85), 0x66);
};
/** Four times the same. */
export const splat = (number: Code): Code => [...number, ...vector(0x13)];
/** Leaves the function, with a value where it has a result. */
export const returned = (value: Code = []): Code => [...value, 0x0f];

const TYPE = { i32: 0x7f, v128: 0x7b } as const;

/** Hands out variables of a function whose first ones are its parameters. */
export class Locals {
  readonly #types: (keyof typeof TYPE)[] = [];

  constructor(readonly parameters: number) {}

  one(type: keyof typeof TYPE): number {
    return this.parameters + this.#types.push(type) - 1;
  }

  /** The function's body as it stands in the module. */
  body(code: Code): Uint8Array {
    const groups = this.#types.flatMap((type) => [1, TYPE[type]]);
    return Uint8Array.from([...u32(this.#types.length), ...groups, ...code, 0x0b]);
  }
}

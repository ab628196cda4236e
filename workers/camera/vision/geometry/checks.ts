/** Checks of options at construction. The messages name the option and its value. */

/** @throws {RangeError} when a value is negative, infinite or not a number */
export function requireFromZero(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new RangeError(`${name} must be a finite number from 0 up, got ${value}.`);
    }
  }
}

/** @throws {RangeError} when a value is not a positive finite number */
export function requirePositive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new RangeError(`${name} must be a positive finite number, got ${value}.`);
    }
  }
}

/** @throws {RangeError} when a value is not within 0..1 */
export function requireShare(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be within 0..1, got ${value}.`);
  }
}

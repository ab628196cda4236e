import { Fault } from '../../isolation/fault.ts';

/** Maximum side of a picture, in pixels. */
export const MAX_SIDE = 8192;
/** 8K UHD (7680 x 4320) still fits; one RGBA copy of it takes 128 MiB. */
export const MAX_PIXELS = 2 ** 25;

/** @throws {Fault} 'source-too-large' when a picture exceeds the limits; 'source-unreadable' when it has no pixels */
export function checkSize(width: number, height: number): void {
  if (!(width >= 1 && height >= 1)) {
    throw new Fault('source-unreadable', `a picture of ${width} x ${height} pixels`);
  }
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    throw new Fault('source-too-large', `${width} x ${height} pixels`);
  }
}

/** Any error as a fault; those that are faults already pass unchanged. */
export function asFault(error: unknown, code: Fault['code'], doing: string): Fault {
  if (error instanceof Fault) return error;
  return new Fault(code, `${doing}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

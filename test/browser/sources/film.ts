import type { Film } from '../harness/media.ts';

/** Two seconds with a mark in every frame. */
export const FILM: Film = { container: 'webm', codec: 'vp9', width: 160, height: 90, frames: 24, fps: 12 };

export const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Canary films, stills and a film for the browser's made-up webcam, written by ffmpeg into a folder. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { toI420, type Canary } from './canary.ts';

export const SOURCES = ['vp9', 'h264', 'rotated', '1080p', 'stills', 'webcam'] as const;
export type SourceId = (typeof SOURCES)[number];

/** So few pictures a second that most of the time is between two of them. */
const FPS = 1;
const SECONDS = 150;
const WEBCAM_FPS = 5;

const COLOURS = [
  '-colorspace',
  'bt709',
  '-color_range',
  'tv',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
];
const VP9 = ['-c:v', 'libvpx-vp9', '-lossless', '1', '-deadline', 'realtime', '-cpu-used', '8', ...COLOURS];
const H264 = ['-c:v', 'libx264', '-preset', 'fast', '-crf', '1', '-bf', '0', '-g', '1000', ...COLOURS];

/** Why nothing can be measured here; undefined where it can. */
export function whyNot(): string | undefined {
  if (platform() !== 'linux') return 'only Linux shows the memory of other processes';
  if (spawnSync('ffmpeg', ['-version']).status !== 0)
    return 'ffmpeg, which makes the canary films, is not on the PATH';
  const child = spawn('sleep', ['5']);
  try {
    closeSync(openSync(`/proc/${child.pid}/mem`, 'r'));
    return undefined;
  } catch {
    return 'this system does not let a process read the memory of those it has started';
  } finally {
    child.kill();
  }
}

/** @returns path of what the browser is given: a film, a picture, or what its made-up webcam shows */
export function makeSource(id: SourceId, canary: Canary, folder: string): string {
  const [width, height] = id === '1080p' ? [1920, 1080] : id === 'webcam' ? [640, 480] : [640, 360];
  const raw = join(folder, `${id}.yuv`);
  writeFileSync(raw, toI420(canary, width!, height!));
  const encode = (name: string, seconds: number, fps: number, args: readonly string[]) => {
    const file = join(folder, name);
    const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-i', raw];
    const still = seconds === 0 ? ['-frames:v', '1'] : ['-vf', `loop=-1:1,fps=${fps}`, '-t', String(seconds)];
    execFileSync('ffmpeg', [
      '-y',
      '-loglevel',
      'error',
      '-r',
      String(fps),
      ...input,
      ...still,
      ...args,
      file,
    ]);
    return file;
  };
  switch (id) {
    case 'vp9':
      return encode('canary.webm', SECONDS, FPS, VP9);
    case 'h264':
      return encode('canary.mp4', SECONDS, FPS, H264);
    case '1080p':
      return encode('canary-1080p.mp4', SECONDS, FPS, H264);
    case 'rotated': {
      const file = encode('rotated.mp4', SECONDS, FPS, H264);
      writeFileSync(file, turned(readFileSync(file), height!));
      return file;
    }
    case 'stills':
      return encode('canary.png', 0, 1, [
        '-vf',
        'scale=in_color_matrix=bt709:in_range=tv',
        '-pix_fmt',
        'rgb24',
      ]);
    case 'webcam':
      return encode('canary.y4m', 4, WEBCAM_FPS, ['-pix_fmt', 'yuv420p']);
  }
}

/**
 * Says in an MP4 file that its picture is to be turned by a quarter, as phones do (ISO 14496-12, 8.3.2: the matrix of `tkhd`,
 * version 0). ffmpeg has changed how it is told to.
 */
function turned(film: Buffer, height: number): Buffer {
  const at = film.indexOf('tkhd') + 44;
  [0, 1 << 16, 0, -(1 << 16), 0, 0, height << 16, 0, 1 << 30].forEach((value, i) =>
    film.writeInt32BE(value, at + 4 * i),
  );
  return film;
}

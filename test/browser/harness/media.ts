/** Makes small test films in the browser itself; each frame carries its number as a row of black and white blocks. */
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import { BLOCKS } from './mark.ts';

export interface Film {
  container: 'mp4' | 'webm';
  codec: 'avc' | 'vp8' | 'vp9' | 'av1';
  width: number;
  height: number;
  frames: number;
  fps: number;
  /** Seconds; frame i is at i / fps otherwise. */
  timestamps?: number[];
  rotation?: 0 | 90 | 180 | 270;
  flip?: boolean;
  /** Where an mp4 has its index. */
  index?: 'front' | 'back' | 'fragments';
}

const format = ({ container, index }: Pick<Film, 'container' | 'index'>) =>
  container === 'webm'
    ? new WebMOutputFormat()
    : new Mp4OutputFormat({
        fastStart: index === 'back' ? false : index === 'fragments' ? 'fragmented' : 'in-memory',
        minimumFragmentDuration: 0.2,
      });

export async function makeFilm(film: Film): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: format(film), target });
  const source = new VideoSampleSource({ codec: film.codec, bitrate: 1_000_000, keyFrameInterval: 0.5 });
  output.addVideoTrack(source, { rotation: film.rotation ?? 0, flip: film.flip ?? false });
  await output.start();
  for (let i = 0; i < film.frames; i++) {
    const canvas = drawMarked(film.width, film.height, i);
    const timestamp = film.timestamps?.[i] ?? i / film.fps;
    const sample = new VideoSample(canvas, { timestamp, duration: 1 / film.fps });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  return new Blob([target.buffer!], { type: `video/${film.container}` });
}

/** A second of sound and no picture. */
export async function makeSound(): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new AudioSampleSource({ codec: 'opus', bitrate: 64_000 });
  output.addAudioTrack(source);
  await output.start();
  const data = new Float32Array(48_000).map((_, i) => Math.sin(i / 20));
  const sample = new AudioSample({
    data,
    format: 'f32',
    numberOfChannels: 1,
    sampleRate: 48_000,
    timestamp: 0,
  });
  await source.add(sample);
  sample.close();
  await output.finalize();
  return new Blob([target.buffer!], { type: 'audio/webm' });
}

/** A well-formed file that claims a codec, or a size, and has no such picture in it. */
export async function makeClaim(codec: string, width: number, height: number): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source);
  await output.start();
  const packet = new EncodedPacket(new Uint8Array([0x82, 0x49, 0x83, 0x42, 0, 0]), 'key', 0, 0.1);
  await source.add(packet, { decoderConfig: { codec, codedWidth: width, codedHeight: height } });
  await output.finalize();
  return new Blob([target.buffer!], { type: 'video/mp4' });
}

/** A picture whose upper half says `index`, bit by bit, and whose lower half moves. */
export function drawMarked(width: number, height: number, index: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#405060';
  context.fillRect(0, 0, width, height);
  const block = width / BLOCKS;
  for (let bit = 0; bit < BLOCKS; bit++) {
    context.fillStyle = (index >> bit) & 1 ? '#fff' : '#000';
    context.fillRect(bit * block, 0, block, height / 2);
  }
  context.fillStyle = '#e08020';
  context.fillRect((index * 7) % width, height * 0.6, width / 8, height * 0.3);
  return canvas;
}

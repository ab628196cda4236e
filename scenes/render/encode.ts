/** Pictures to MP4 with the browser's own H.264 encoder, so that no other encoder is needed. */
import { BufferTarget, CanvasSource, Mp4OutputFormat, Output } from 'mediabunny';

/** Constrained baseline is what every browser plays, in software if need be. */
const CODEC = 'avc';

/**
 * @param frames addresses of the pictures, all of one size with even sides
 * @param bitrate bits per second
 * @throws Error when this browser cannot encode H.264
 */
export async function encodeClip(
  frames: readonly string[],
  fps: number,
  bitrate: number,
): Promise<{ file: Blob; codec: string }> {
  const first = await picture(frames[0]!);
  const canvas = new OffscreenCanvas(first.width, first.height);
  const context = canvas.getContext('2d', { alpha: false })!;
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  let codec = CODEC as string;
  const source = new CanvasSource(canvas, {
    codec: CODEC,
    bitrate,
    bitrateMode: 'variable',
    latencyMode: 'quality',
    keyFrameInterval: 4,
    onEncoderConfig: (config) => (codec = config.codec),
  });
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  for (const [i, url] of frames.entries()) {
    const image = i === 0 ? first : await picture(url);
    context.drawImage(image, 0, 0);
    image.close();
    await source.add(i / fps, 1 / fps);
  }
  await output.finalize();
  if (!target.buffer) throw new Error('The encoder gave no file.');
  return { file: new Blob([target.buffer], { type: 'video/mp4' }), codec };
}

async function picture(url: string): Promise<ImageBitmap> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return createImageBitmap(await answer.blob());
}

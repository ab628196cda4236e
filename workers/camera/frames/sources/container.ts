/** Opens a video file: what is in it, whether it can be decoded here, and whether it ends before its time. */
import {
  ADTS,
  BlobSource,
  EncodedPacketSink,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputVideoTrack,
} from 'mediabunny';
import { Fault } from '../../isolation/fault.ts';
import { foreignContainer } from './foreign-container.ts';
import { asFault, checkSize } from './limits.ts';
import { isDecodable } from '../../isolation/video-decoder.ts';
import type { Orientation } from './picture.ts';

/**
 * Audio formats are recognised too, so that the user is told "no picture in it" and not "not a video". Playlists (HLS)
 * are left out: they would fetch from elsewhere.
 */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS, WAVE, OGG, FLAC, MP3, ADTS];

/** Packets looked at for the nominal frame rate. */
const RATE_PACKETS = 120;

/** No camera takes more pictures a second: a file that says so has senseless time stamps, and no length either. */
const MAX_FPS = 1000;

/** The picture track of an opened file. */
export interface VideoTrack {
  readonly packets: EncodedPacketSink;
  readonly config: VideoDecoderConfig;
  readonly orientation: Orientation;
  /** Upright, in square pixels. */
  readonly width: number;
  readonly height: number;
  readonly fps: number | undefined;
  readonly durationS: number | undefined;
  dispose(): void;
}

/**
 * @throws {Fault} 'source-not-video' (empty, or no video at all), 'source-container-unsupported' (its subject is the
 *   container), 'source-no-index', 'source-unreadable', 'source-no-video-track', 'source-codec-unsupported', 'source-too-large'
 */
export async function openContainer(file: Blob): Promise<VideoTrack> {
  if (file.size === 0) throw new Fault('source-not-video', 'the file is empty');
  const input = new Input({
    formats: FORMATS,
    source: new BlobSource(file, { handleUnhandledError: () => {} }),
  });
  try {
    // Before the reader is asked: it knows some of these as sound.
    const foreign = await foreignContainer(file);
    if (foreign) throw new Fault('source-container-unsupported', `a ${foreign} file`, { subject: foreign });
    if (!(await input.canRead())) throw new Fault('source-not-video', 'no known video format');
    const tracks = await input.getTracks().catch((cause: unknown) => {
      throw new Fault('source-no-index', 'the index cannot be read', { cause });
    });
    if (tracks.length === 0) throw new Fault('source-no-index', 'the file has no index of its contents');
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Fault('source-no-video-track', 'the file holds no pictures');
    const description = await describe(track);
    return { ...description, packets: new EncodedPacketSink(track), dispose: () => input.dispose() };
  } catch (error) {
    input.dispose();
    throw asFault(error, 'source-unreadable', 'opening a video file');
  }
}

async function describe(track: InputVideoTrack): Promise<Omit<VideoTrack, 'packets' | 'dispose'>> {
  const width = await track.getDisplayWidth();
  const height = await track.getDisplayHeight();
  checkSize(width, height);
  const config = await supportedConfig(track);
  const rate = await track.computeFrameRateMetrics({ targetPacketCount: RATE_PACKETS });
  if (rate.probedPacketCount === 0) {
    throw new Fault('source-truncated', 'the file ends before its first picture');
  }
  const durationS = await track.getDurationFromMetadata();
  const statedFps =
    rate.probedPacketCount > 1 ? (rate.underlyingFrameRate ?? rate.averageFrameRate) : undefined;
  const isSenseless = statedFps !== undefined && !(statedFps <= MAX_FPS);
  return {
    width,
    height,
    config,
    orientation: { rotation: await track.getRotation(), flip: await track.getFlip() },
    fps: isSenseless ? undefined : statedFps,
    durationS:
      !isSenseless && durationS !== null && Number.isFinite(durationS) && durationS > 0
        ? durationS
        : undefined,
  };
}

/**
 * A software decoder is asked for first: every picture is read by the CPU anyway, fetching it back from a GPU costs
 * more than decoding it, and the pixels are the same on every machine.
 */
async function supportedConfig(track: InputVideoTrack): Promise<VideoDecoderConfig> {
  const stated = await track.getDecoderConfig();
  if (!stated) throw new Fault('source-codec-unsupported', 'a codec nobody here knows');
  // Chromium loses a colour space that is stated only in part; the rest is filled as it would guess without any.
  const space = stated.colorSpace ?? {};
  const colorSpace: VideoColorSpaceInit = {
    primaries: space.primaries ?? 'bt709',
    transfer: space.transfer ?? 'bt709',
    matrix: space.matrix ?? 'bt709',
    fullRange: space.fullRange ?? false,
  };
  // One picture in, one picture out, instead of several in work at once; codecs that reorder need their delay.
  const optimizeForLatency = !/^(avc|hvc|hev)/.test(stated.codec);
  for (const hardwareAcceleration of ['prefer-software', 'no-preference'] as const) {
    const config = { ...stated, colorSpace, optimizeForLatency, hardwareAcceleration };
    try {
      if (await isDecodable(config)) return config;
    } catch {
      // A codec string the browser cannot even parse is one it cannot decode.
    }
  }
  throw new Fault('source-codec-unsupported', `this browser does not decode ${stated.codec}`);
}

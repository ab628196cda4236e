/** What to type to make a video that can be read here of one that cannot. */

/** Full names of containers, and the ending their files usually have, by their name in the contract. */
const CONTAINERS: Readonly<Record<string, readonly [title: string, ending: string]>> = {
  avi: ['AVI', 'avi'],
  wmv: ['WMV (ASF)', 'wmv'],
  flv: ['Flash Video (FLV)', 'flv'],
  'mpeg-ps': ['MPEG-PS (MPG, VOB)', 'mpg'],
  'mpeg-video': ['MPEG-1/2', 'mpv'],
  gif: ['GIF', 'gif'],
  webp: ['WebP', 'webp'],
  realmedia: ['RealMedia', 'rm'],
  mxf: ['MXF', 'mxf'],
  ivf: ['IVF', 'ivf'],
  y4m: ['YUV4MPEG2', 'y4m'],
  'ogg-theora': ['Ogg Theora', 'ogv'],
  h264: ['H.264 / H.265', 'h264'],
  dv: ['DV', 'dv'],
};

/** The full name of a container; the short one where none is known. */
export const containerTitle = (container: string): string => CONTAINERS[container]?.[0] ?? container;

/**
 * A line for ffmpeg: no sound, a codec that every browser decodes, and even sides, which it demands.
 * @param container its name in the contract; a transport stream by default
 */
export function convertCommand(container: string): string {
  const ending = CONTAINERS[container]?.[1] ?? 'ts';
  return `ffmpeg -i input.${ending} -an -c:v libx264 -pix_fmt yuv420p -vf "scale=trunc(iw/2)*2:trunc(ih/2)*2" output.mp4`;
}

/**
 * The sensor: entry of the worker that takes a webcam's pictures, because a browser gives a webcam to the page's origin only.
 *
 * It copies each picture as the browser has it into a buffer, hands that over to the camera in the sealed frame on a port that
 * the page has passed on, and keeps nothing. It has no other port, and its exits are closed.
 */
import { lockdown, muteErrors } from '../isolation/lockdown.ts';
import { Sensor, type SensorStart } from './sensor.ts';

lockdown(self);
muteErrors(self);

self.onmessage = ({ data }: MessageEvent<SensorStart>) => {
  const sensor = new Sensor(data.camera);
  // The page's only other word is that it is over.
  self.onmessage = () => sensor.end();
  void sensor.run(data.frames);
};

/**
 * The sensor: entry of the worker that takes a webcam's pictures, because a browser gives a webcam to the page's origin only.
 *
 * It copies each picture as the browser has it into one buffer, hands it to the camera in the sealed frame over a port that
 * the page has passed on, overwrites the buffer, and keeps nothing. It has no other port, and its exits are closed.
 */
import { lockdown, muteErrors } from '../isolation/lockdown.ts';
import { Sensor, type SensorStart } from './sensor.ts';

lockdown(self);
muteErrors(self);

self.onmessage = ({ data }: MessageEvent<SensorStart>) => {
  self.onmessage = null;
  void new Sensor(data.camera).run(data.frames);
};

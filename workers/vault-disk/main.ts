/**
 * The disk outside the sealed frame: entry of a worker of the page that keeps what case 3's vault gives it. It understands none
 * of it: days are sealed bytes, and so are the keys. It answers on one port, whose other end is in the frame, and only to
 * questions of a known form; or it erases all, and says so.
 */
import type { DiskAnswer } from '../isolation/disk-message.ts';
import { Disk, eraseDisk } from './disk.ts';

self.onmessage = ({ data, ports: [port] }) => {
  self.onmessage = null;
  if (!port) return;
  if (data === 'erase') return void eraseDisk().then((erased) => port.postMessage({ erased }));
  const answer = (message: DiskAnswer) => port.postMessage(message);
  const disk = new Disk(() => answer({ lost: true }));
  // One after another: the key file is written in the order in which it was asked.
  let turn = Promise.resolve();
  port.onmessage = ({ data }) => {
    const id: unknown = data?.id;
    if (typeof id !== 'number') return;
    turn = turn.then(async () => answer({ id, ...(await disk.answer(data)) }));
  };
};

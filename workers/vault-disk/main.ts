/**
 * The disk outside the sealed frame: entry of a worker of the page that keeps what case 3's vault gives it, in the browser's
 * database. It cannot open what it keeps: bytes are sealed, and a key is an object of the browser that shows none of its own.
 * It answers on one port, whose other end is in the frame, and only to questions of a known form.
 */
import type { DiskAnswer } from '../isolation/disk-message.ts';
import { Disk } from './disk.ts';

self.onmessage = ({ ports: [port] }) => {
  self.onmessage = null;
  if (!port) return;
  const answer = (message: DiskAnswer<CryptoKey>) => port.postMessage(message);
  const disk = new Disk(() => answer({ lost: true }));
  port.onmessage = async ({ data }) => {
    const id: unknown = data?.id;
    if (typeof id !== 'number') return;
    answer({ id, ...(await disk.answer(data)) });
  };
};

/** Lengths of stay in the reader's language. */
import { decimal } from '../../app/format.ts';
import { m } from '../../paraglide/messages.js';

/** Tenths below a minute and a half, whole minutes and seconds above. */
export function seconds(value: number): string {
  if (value < 90) return m.trajectories_seconds({ s: decimal(value) });
  const whole = Math.round(value);
  return m.trajectories_minutes({
    min: String(Math.floor(whole / 60)),
    s: String(whole % 60).padStart(2, '0'),
  });
}

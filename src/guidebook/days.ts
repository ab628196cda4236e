/** Calendar days as the operator's file writes them, YYYY-MM-DD. */

const DAY_MS = 86_400_000;

/** Days between a prior notice and the start that the guidebook's checklist expects: one month (seed 003). */
export const MIN_NOTICE_DAYS = 28;

/** @returns whole days from one calendar day to another; undefined where either is none */
export function daysBetween(from: string, to: string): number | undefined {
  const [a, b] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : Math.round((b - a) / DAY_MS);
}

/** Today on this device, YYYY-MM-DD. @param now milliseconds since 1970 */
export function dayOf(now: number): string {
  const date = new Date(now);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

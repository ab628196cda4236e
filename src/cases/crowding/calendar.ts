/** Days and hours of this place, from the wall clock in milliseconds since 1970. */
const two = (part: number) => String(part).padStart(2, '0');

/** @returns YYYY-MM-DD */
export function dayOf(now: number): string {
  const date = new Date(now);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @returns 0 to 23 */
export const hourOf = (now: number): number => new Date(now).getHours();

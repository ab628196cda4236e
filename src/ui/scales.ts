/** Scales of the charts that are drawn by hand: from an amount to a place in the drawing. */

type Span = readonly [from: number, to: number];

/** A place in the drawing, in its units, for an amount in the data's. */
export type Scale = (amount: number) => number;

/** @param domain amounts at both ends, not the same; @param range their places */
export function linear([d0, d1]: Span, [r0, r1]: Span): Scale {
  return (amount) => r0 + ((amount - d0) / (d1 - d0)) * (r1 - r0);
}

/**
 * Equal ratios take equal room, so that 20 ms and 500 ms can be read side by side. What lies outside is put at the end.
 * @param domain amounts above 0 at both ends, ascending; @param range their places
 */
export function logarithmic([d0, d1]: Span, [r0, r1]: Span): Scale {
  const decades = Math.log(d1 / d0);
  return (amount) => {
    const share = Math.log(Math.max(amount, d0) / d0) / decades;
    return r0 + Math.min(1, share) * (r1 - r0);
  };
}

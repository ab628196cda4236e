/** Tsai's camera model (IEEE Journal of Robotics and Automation 3, 1987), as PETS publishes its cameras. */

/** @returns what takes world millimetres to pixels */
export function tsai(xml: string): (x: number, y: number, z: number) => [number, number] {
  const value = (name: string) => Number(new RegExp(`\\b${name}="([^"]+)"`).exec(xml)![1]);
  const [sa, ca] = [Math.sin(value('rx')), Math.cos(value('rx'))];
  const [sb, cb] = [Math.sin(value('ry')), Math.cos(value('ry'))];
  const [sg, cg] = [Math.sin(value('rz')), Math.cos(value('rz'))];
  const rows = [
    [cb * cg, cg * sa * sb - ca * sg, sa * sg + ca * cg * sb, value('tx')],
    [cb * sg, sa * sb * sg + ca * cg, ca * sb * sg - cg * sa, value('ty')],
    [-sb, cb * sa, ca * cb, value('tz')],
  ] as const;
  return (x, y, z) => {
    const [cx, cy, cz] = rows.map(([a, b, c, t]) => a * x + b * y + c * z + t) as [number, number, number];
    const [ux, uy] = [(value('focal') * cx) / cz, (value('focal') * cy) / cz];
    // Undistorted = distorted * (1 + kappa r^2); solved by iteration.
    let [dx, dy] = [ux, uy];
    for (let n = 0; n < 20; n++) {
      const bend = 1 + value('kappa1') * (dx * dx + dy * dy);
      [dx, dy] = [ux / bend, uy / bend];
    }
    return [(value('sx') * dx) / value('dpx') + value('cx'), dy / value('dpy') + value('cy')];
  };
}

/**
 * The other way round: where on the ground, in millimetres, a pixel looks. Newton's method from a first guess.
 */
export function groundOf(
  see: (x: number, y: number, z: number) => readonly [number, number],
  [u, v]: readonly [number, number],
): [number, number] {
  let [x, y] = [0, 0];
  for (let n = 0; n < 30; n++) {
    const [pu, pv] = see(x, y, 0);
    const [ru, rv] = see(x + 1, y, 0);
    const [fu, fv] = see(x, y + 1, 0);
    const [a, b, c, d] = [ru - pu, fu - pu, rv - pv, fv - pv];
    const det = a * d - b * c;
    // Half steps: far from the solution the perspective bends too much for whole ones.
    x += (0.5 * (d * (u - pu) - b * (v - pv))) / det;
    y += (0.5 * (a * (v - pv) - c * (u - pu))) / det;
  }
  return [x, y];
}

/** GLSL: `noise3` (value noise, 0..1), `fbm` (four octaves, 0..0.94) and `relief` (height to normal). */
export const NOISE = /* glsl */ `
float hash3(vec3 p) {
  p = fract(p * 0.3183099 + 0.1) * 17.0;
  return fract(p.x * p.y * p.z * (p.x + p.y + p.z));
}
float noise3(vec3 x) {
  vec3 i = floor(x), f = fract(x);
  f = f * f * (3.0 - 2.0 * f);
  vec2 o = vec2(0.0, 1.0);
  return mix(
    mix(mix(hash3(i), hash3(i + o.yxx), f.x), mix(hash3(i + o.xyx), hash3(i + o.yyx), f.x), f.y),
    mix(mix(hash3(i + o.xxy), hash3(i + o.yxy), f.x), mix(hash3(i + o.xyy), hash3(i + o.yyy), f.x), f.y), f.z);
}
float fbm(vec3 p) {
  return noise3(p) * 0.5 + noise3(p * 2.03 + 7.0) * 0.25 + noise3(p * 4.1 + 3.0) * 0.125 + noise3(p * 8.3) * 0.0625;
}
// Bump mapping of a height in metres from screen-space derivatives (Mikkelsen 2010).
vec3 relief(vec3 position, vec3 normal, float height) {
  vec3 dx = dFdx(position), dy = dFdy(position);
  float hx = dFdx(height), hy = dFdy(height);
  vec3 r1 = cross(dy, normal), r2 = cross(normal, dx);
  float det = dot(dx, r1);
  return normalize(abs(det) * normal - sign(det) * (hx * r1 + hy * r2));
}
`;

/**
 * The face's colours over the rest layout of `shape.ts` (before the warp): skin tone, lids and lashes, brows, lips,
 * stubble, and the marks of age. Positions in metres in the head's frame.
 */
export const FACE_FUNCTIONS = /* glsl */ `
float sq(float a) { return a * a; }
float spot(vec2 q, vec2 c, vec2 r) { vec2 d = (q - c) / r; return exp(-dot(d, d)); }

// Hairs of the brow: an arc, full at its inner third and tapering outwards, made of fine strokes.
float brow(vec3 p, float x) {
  float t = (x - 0.0115) / 0.043;
  if (t < -0.15 || t > 1.1 || p.z < 0.0 || p.y < 0.01 || p.y > 0.045) return 0.0;
  float line = 0.0232 + browArch * 0.005 * sin(clamp(t, 0.0, 1.0) * 2.3) - 0.0024 * t;
  float width = browWeight * 0.0042 * (1.0 - 0.6 * smoothstep(0.25, 1.05, t));
  float ends = smoothstep(-0.12, 0.12, t) * smoothstep(1.08, 0.75, t);
  float along = (p.x + sign(p.x) * (p.y - line) * -0.9) * 2300.0;
  float stroke = noise3(vec3(along, p.y * 260.0, 1.0)) * 0.7 + 0.3 * noise3(vec3(along * 2.1, p.y * 500.0, 4.0));
  float body = smoothstep(1.0, 0.25, abs(p.y - line) / max(width, 0.0002));
  return ends * body * smoothstep(0.12, 0.6, stroke + 0.35 * body);
}

// Signed distance to the opening between the lids.
float lids(float x, float y) {
  float a = 0.0152 * eyeSize, b = 0.0058 * eyeOpening;
  float r = (a * a + b * b) / (2.0 * b);
  vec2 q = vec2(x - 0.0315, y - 0.002 - (x - 0.0315) * eyeTilt);
  return max(length(q + vec2(0.0, r - b)) - r, length(q - vec2(0.0, r - b)) - r);
}

// Lines of age, 0..1: forehead, crow's feet, folds beside nose and mouth.
float lines(vec3 p, float x, float front) {
  float wave = p.y + 0.0022 * sin(p.x * 55.0 + seed) + 0.002 * noise3(vec3(p.x * 60.0, 1.0, seed));
  float w = smoothstep(0.036, 0.05, p.y) * smoothstep(0.085, 0.07, p.y) * front * smoothstep(0.052, 0.03, x)
    * pow(0.5 + 0.5 * cos(wave * 560.0), 5.0) * 0.55;
  vec2 c = vec2(x - 0.047, p.y - 0.001);
  float angle = atan(c.y, c.x);
  w += smoothstep(0.004, 0.009, length(c)) * smoothstep(0.021, 0.012, length(c)) * smoothstep(0.9, 0.4, abs(angle))
    * pow(0.5 + 0.5 * cos(angle * 10.0 + seed), 4.0) * 0.6;
  float t = clamp((-0.038 - p.y) / 0.042, 0.0, 1.0);
  float fold = 0.0178 + 0.016 * pow(t, 0.8);
  w += smoothstep(0.0032, 0.0004, abs(x - fold)) * smoothstep(-0.036, -0.046, p.y) * smoothstep(-0.084, -0.07, p.y)
    * front * 0.9;
  float t2 = clamp((-0.07 - p.y) / 0.025, 0.0, 1.0);
  w += smoothstep(0.0024, 0.0004, abs(x - 0.0268 - 0.003 * t2)) * smoothstep(-0.071, -0.077, p.y)
    * smoothstep(-0.098, -0.086, p.y) * front * 0.5;
  float under = p.y + 0.0132 - sq((x - 0.03) / 0.02) * 0.004;
  w += smoothstep(0.0022, 0.0004, abs(under)) * smoothstep(0.02, 0.012, abs(x - 0.03)) * front * 0.6;
  return w;
}

// The net of fine lines of old skin, 0..1: thin ridges of noise, slanting with the cheeks and level under the eyes.
float fineLines(vec3 p, float x, float front) {
  float slant = p.y + 0.7 * (x - 0.03) * smoothstep(-0.01, -0.04, p.y);
  float a = 1.0 - abs(2.0 * noise3(vec3(x * 110.0 + seed, slant * 420.0, p.z * 90.0)) - 1.0);
  float b = 1.0 - abs(2.0 * noise3(vec3(x * 380.0, slant * 150.0 + seed, p.z * 150.0)) - 1.0);
  float area = 0.5 * spot(vec2(x, p.y), vec2(0.034, -0.014), vec2(0.02, 0.008))
    + 0.7 * spot(vec2(x, p.y), vec2(0.045, -0.045), vec2(0.018, 0.032))
    + 0.5 * spot(vec2(x, p.y), vec2(0.0, -0.057), vec2(0.02, 0.005))
    + 0.4 * spot(vec2(x, p.y), vec2(0.0, -0.095), vec2(0.03, 0.014));
  return clamp(area, 0.0, 1.0) * front * (pow(a, 7.0) + 0.5 * pow(b, 7.0));
}
`;

export const FACE_PAINT = /* glsl */ `
// Skin lets light through: creases are never as dark as their geometry.
ao = mix(1.0, max(ao, 0.5), 0.8);
float x = abs(p.x);
float front = smoothstep(0.02, 0.05, p.z);
float grain = fbm(p * 60.0);
float pores = fbm(p * 220.0 + 3.0);
// Dark skin: less blood shows through it, the gloss on it stands out more, and so do creases.
col = skin * (0.955 + 0.09 * grain) * (0.97 + 0.06 * pores);
// Foreheads are a shade yellower, the middle of the face redder.
col *= mix(vec3(1.0), vec3(1.0, 1.01, 0.96), smoothstep(0.02, 0.06, p.y));
col *= mix(vec3(1.0), vec3(1.02, 0.95, 0.93), spot(vec2(x, p.y), vec2(0.012, -0.045), vec2(0.05, 0.035)) * front);

// Blood under the skin: cheeks, nose, ears.
float red = 0.38 * spot(vec2(x, p.y), vec2(0.043, -0.03), vec2(0.02, 0.017)) * front
  + 0.35 * spot(vec2(p.x, p.y), vec2(0.0, -0.038), vec2(0.013, 0.011)) * front
  + 0.45 * smoothstep(0.068, 0.078, x) * step(p.y, 0.03) * step(-0.06, p.y);
col = mix(col, col * vec3(1.05, 0.82, 0.78), red * (0.5 + blush) * (1.0 - 0.6 * dark));

// Sockets are darker; eye shadow is make-up.
col *= 1.0 - 0.1 * (1.0 + wrinkles) * spot(vec2(x, p.y), vec2(0.031, -0.009), vec2(0.018, 0.005)) * front;
col *= 1.0 - 0.12 * spot(vec2(x, p.y), vec2(0.0165, 0.006), vec2(0.006, 0.008)) * front;
col = mix(col, shadowTint, eyeShadow * spot(vec2(x, p.y), vec2(0.031, 0.0085), vec2(0.017, 0.0065)) * front);
rough = 0.54 + 0.1 * pores - 0.1 * dark;

float eye = lids(x, p.y);
float upper = step(0.0, p.y - 0.002 - (x - 0.0315) * eyeTilt);
float reach = mix(0.0009, 0.0012 + 0.001 * lashes, upper);
float rim = smoothstep(reach, reach * 0.25, eye) * front * step(0.05, p.z);
col = mix(col, vec3(0.035, 0.024, 0.02), rim * mix(0.22, 0.6 + 0.22 * lashes, upper));
// Without eyeballs, at a distance, the opening itself is the eye.
col = mix(col, vec3(0.05, 0.032, 0.026), painted * smoothstep(0.0012, -0.0006, eye) * front);
// The crease of the upper lid.
col *= 1.0 - (0.05 + 0.3 * lidCrease) * smoothstep(0.0013, 0.0, abs(eye - 0.0046)) * upper * front * smoothstep(0.016, 0.021, x);

float hairs = brow(p, x);
col = mix(col, browColour, clamp(hairs * browDensity, 0.0, 0.95));

// Lips with soft edges, the line between them, nostrils.
float lx = x / (0.0238 * mouthWidth);
float bow = -0.0018 * exp(-p.x * p.x / 0.000014);
float lifted = 0.0026 * lx * lx * smile;
float top = -0.0652 + 0.0048 * (1.0 - lx * lx) * lips + bow + lifted;
float low = -0.0688 + lifted - 0.008 * lips * sqrt(max(0.0, 1.0 - lx * lx));
float between = -0.0684 + lifted + 0.0005 * cos(lx * 5.0);
float mouth = smoothstep(1.04, 0.8, lx) * smoothstep(low - 0.0016, low + 0.0016, p.y)
  * smoothstep(top + 0.0016, top - 0.0014, p.y) * step(0.06, p.z);
vec3 lipTone = lip * (0.92 + 0.16 * noise3(vec3(p.x * 700.0, p.y * 90.0, 2.0)));
lipTone *= mix(0.86, 1.06, smoothstep(between + 0.001, between - 0.003, p.y));
col = mix(col, lipTone, mouth * lipDensity);
rough = mix(rough, 0.38, mouth * 0.8);
float gap = smoothstep(0.0014, 0.0002, abs(p.y - between)) * smoothstep(1.02, 0.8, lx) * step(0.06, p.z);
col = mix(col, lip * vec3(0.28, 0.2, 0.2), gap * 0.8);
col *= 1.0 - 0.25 * spot(vec2(lx, p.y), vec2(1.0, between), vec2(0.1, 0.0022)) * step(0.06, p.z);
col *= 1.0 - 0.55 * spot(vec2(x, p.y), vec2(0.0064, -0.0485), vec2(0.0032, 0.0022)) * step(0.08, p.z);

// Beard shadow: chin, jaw, upper lip; not the lips.
float beardArea = smoothstep(-0.035, -0.06, p.y) * smoothstep(-0.02, 0.02, p.z)
  + spot(vec2(x, p.y), vec2(0.0, -0.056), vec2(0.022, 0.006));
beardArea = clamp(beardArea, 0.0, 1.0) * (1.0 - mouth);
col = mix(col, mix(col * 0.62, beardColour, 0.35), beardArea * stubble * (0.4 + 0.35 * noise3(p * 1300.0)));

// A beard that has been let grow.
float around = length(vec2(x / 0.027, (p.y + 0.0745) / 0.0205));
float grownBeard = moustache * spot(vec2(x, p.y), vec2(0.008, -0.0575), vec2(0.017, 0.0048))
  + goatee * spot(vec2(x, p.y), vec2(0.0, -0.097), vec2(0.021, 0.0165))
  + goatee * smoothstep(0.3, 0.05, abs(around - 1.0))
  + whiskers * smoothstep(-0.05, -0.078, p.y + 0.25 * max(0.0, 0.06 - x)) * smoothstep(-0.13, -0.112, p.y)
  + whiskers * smoothstep(0.05, 0.062, x) * smoothstep(-0.01, -0.03, p.y) * smoothstep(-0.13, -0.112, p.y);
float bristle = 0.6 * noise3(p * vec3(1100.0, 320.0, 1100.0)) + 0.4 * noise3(p * vec3(420.0, 150.0, 420.0) + 5.0);
float bearded = smoothstep(0.25, 0.75, clamp(grownBeard, 0.0, 1.0) * (0.75 + 0.6 * bristle)) * smoothstep(-0.02, 0.02, p.z);
bearded *= 1.0 - 0.9 * mouth;
col = mix(col, beard * (0.55 + 0.8 * bristle), bearded * 0.92);
height += bearded * bristle * 0.0009;
rough = mix(rough, 0.8, bearded);

// Age: first what shows from afar (hollow cheeks, troughs under the eyes, the folds' shadows), then the lines.
float sag = max(0.0, wrinkles - 0.6) * front;
float fall = clamp((-0.036 - p.y) / 0.045, 0.0, 1.0);
float shade = 0.13 * smoothstep(0.0075, 0.0, abs(x - 0.0185 - 0.0165 * pow(fall, 0.8))) * smoothstep(-0.034, -0.046, p.y)
    * smoothstep(-0.088, -0.07, p.y)
  + 0.09 * spot(vec2(x, p.y), vec2(0.0215, -0.0125), vec2(0.009, 0.0045))
  + 0.07 * spot(vec2(x, p.y), vec2(0.05, -0.055), vec2(0.01, 0.02))
  + 0.08 * spot(vec2(x, p.y), vec2(0.028, -0.092), vec2(0.005, 0.011))
  + 0.06 * spot(vec2(x, p.y), vec2(0.041, 0.012), vec2(0.012, 0.005));
col *= 1.0 - mix(vec3(0.75, 1.0, 1.1), vec3(1.0), 0.7 * dark) * min(0.4, shade * sag);
float w = lines(p, x, front);
col *= mix(vec3(1.0), vec3(0.62, 0.52, 0.48), clamp(w * wrinkles * (0.55 + 0.2 * dark), 0.0, 0.62 + 0.1 * dark));
height -= w * wrinkles * 0.0007 * (1.0 + 0.4 * dark);
float fine = fineLines(p, x, front) * 0.4 * max(0.0, wrinkles - 0.3);
col *= 1.0 - vec3(0.2, 0.25, 0.27) * min(fine, 1.0);
height -= fine * 0.00035;
float bag = spot(vec2(x, p.y), vec2(0.031, -0.0125), vec2(0.016, 0.0042)) * front;
height += bag * 0.0009 * wrinkles;
col *= 1.0 - 0.07 * smoothstep(0.2, 0.9, bag) * wrinkles;
col *= 1.0 + (fbm(p * 34.0 + seed) - 0.47) * 0.1 * wrinkles;
// Old skin is sallow, old dark skin a little ashen.
col = mix(col, col * vec3(1.0, 0.95, 0.91), 0.3 * min(wrinkles, 2.0) * (1.0 - dark));
col = mix(col, vec3(dot(col, vec3(0.33))) * vec3(1.2, 1.14, 1.1), 0.03 * dark * min(wrinkles, 3.0) * (0.5 + fbm(p * 45.0 + seed)));
float spots = smoothstep(0.78, 0.84, noise3(p * 80.0 + seed)) * smoothstep(0.02, 0.05, x);
col = mix(col, col * vec3(0.84, 0.74, 0.66), spots * clamp(0.5 * wrinkles - 0.5, 0.0, 0.85));
height += pores * 0.00022 * (1.0 + min(wrinkles, 2.0) - 0.9 * young);
`;

export const EYE_PAINT = /* glsl */ `
float r = length(p.xy);
col = vec3(0.80, 0.77, 0.74) * (1.0 - 0.22 * smoothstep(0.004, 0.0125, r));
float isIris = smoothstep(0.0064, 0.0059, r) * step(0.0, p.z);
vec3 shade = iris * (0.7 + 0.7 * noise3(vec3(atan(p.y, p.x) * 9.0, r * 300.0, 1.0)));
shade = mix(shade, vec3(0.01), smoothstep(0.0026, 0.0021, r)) * (1.0 - 0.6 * smoothstep(0.0048, 0.0062, r));
col = mix(col, shade, isIris);
// The upper lid's shadow, and a catch light that no environment map gives at this size.
col *= 1.0 - 0.55 * smoothstep(0.0, 0.006, p.y);
col += vec3(0.6) * smoothstep(0.001, 0.0005, length(p.xy - vec2(0.0018, 0.0026))) * step(0.0, p.z);
rough = 0.1;
`;

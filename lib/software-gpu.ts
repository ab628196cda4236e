/**
 * Graphics adapters that compute on the CPU: results are right, but slow. One list for WebGPU adapters (their `info`)
 * and WebGL renderers (WEBGL_debug_renderer_info), since both carry the driver's name.
 *
 * - SwiftShader: Chromium's own. Names "SwiftShader Device (Subzero)", architecture `swiftshader`.
 * - llvmpipe, softpipe (OpenGL) and lavapipe (Vulkan): Mesa's.
 * - WARP, which names itself "Microsoft Basic Render Driver": Windows'.
 * - "Software": Apple's and older browsers' word.
 */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|\bwarp\b|software/i;

/**
 * Whether a renderer computes on the CPU.
 * @param name as the browser gives it; several fields may be joined by spaces. An empty name is no software.
 */
export const isSoftwareGpu = (name: string): boolean => SOFTWARE.test(name);

import { describe, expect, it } from 'vitest';
import { isSoftwareGpu } from '../../../lib/software-gpu.ts';

describe('a graphics adapter', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
    'google swiftshader',
    'Mesa/X.org, llvmpipe (LLVM 15.0.7, 256 bits)',
    'Gallium 0.4 on softpipe',
    'mesa lavapipe',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)',
    'Microsoft Direct3D12 (WARP)',
    'Apple Software Renderer',
  ])('computes on the CPU: %s', (name) => expect(isSoftwareGpu(name)).toBe(true));

  it.each([
    'ANGLE (Intel, Intel(R) Iris(R) Xe Graphics Direct3D11)',
    'Apple GPU',
    'nvidia hopper',
    'NVIDIA WarpDrive 9000',
    '',
  ])('computes on a device of its own: %s', (name) => expect(isSoftwareGpu(name)).toBe(false));
});

/** Names of adapters that compute on the CPU after all. */
export const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|warp|software/i;

/**
 * What a worker of the camera may keep of its global scope. Everything else is deleted, whatever it is: a list of what may
 * stay does not age when a browser invents another way out.
 */

/** The language itself (ECMA-262, ECMA-402, WebAssembly JavaScript Interface). */
const LANGUAGE = `
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date
  DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array
  Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp
  Set SharedArrayBuffer String SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape
  eval globalThis isFinite isNaN parseFloat parseInt undefined unescape`;

/** Events, time, text, bytes and streams. None of these reaches beyond the worker. */
const PLAIN = `
  AbortController AbortSignal Blob ByteLengthQueuingStrategy CountQueuingStrategy CustomEvent DOMException ErrorEvent Event
  EventTarget File FileReader FileReaderSync MessageChannel MessageEvent MessagePort Performance PerformanceEntry
  PerformanceMark PerformanceMeasure PromiseRejectionEvent ReadableByteStreamController ReadableStream
  ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Scheduler
  TaskController TaskPriorityChangeEvent TaskSignal TextDecoder TextDecoderStream TextEncoder TextEncoderStream
  TransformStream TransformStreamDefaultController URL URLSearchParams WritableStream WritableStreamDefaultController
  WritableStreamDefaultWriter addEventListener atob btoa cancelAnimationFrame clearInterval clearTimeout console
  dispatchEvent performance queueMicrotask removeEventListener requestAnimationFrame scheduler setInterval setTimeout
  structuredClone when`;

/** Pictures: decoding, drawing, graphics device. */
const PICTURES = `
  CanvasGradient CanvasPattern DOMMatrix DOMMatrixReadOnly DOMPoint DOMPointReadOnly DOMQuad DOMRect DOMRectReadOnly
  EncodedVideoChunk ImageBitmap ImageBitmapRenderingContext ImageData OffscreenCanvas OffscreenCanvasRenderingContext2D
  Path2D TextMetrics VideoColorSpace VideoDecoder VideoFrame WebGL2RenderingContext WebGLActiveInfo WebGLBuffer
  WebGLContextEvent WebGLFramebuffer WebGLObject WebGLProgram WebGLQuery WebGLRenderbuffer WebGLRenderingContext
  WebGLSampler WebGLShader WebGLShaderPrecisionFormat WebGLSync WebGLTexture WebGLTransformFeedback WebGLUniformLocation
  WebGLVertexArrayObject createImageBitmap`;

/** The worker's own description, and the keys of the vault where a browser gives them to workers. */
const SCOPE = `
  Crypto CryptoKey DedicatedWorkerGlobalScope SubtleCrypto
  WorkerGlobalScope WorkerLocation WorkerNavigator crossOriginIsolated crypto isSecureContext location name navigator
  onerror onmessage onmessageerror onrejectionhandled onunhandledrejection origin self`;

const words = (text: string) => text.split(/\s+/).filter(Boolean);

export const ALLOWED_GLOBALS: ReadonlySet<string> = new Set(
  [LANGUAGE, PLAIN, PICTURES, SCOPE, 'constructor'].flatMap(words),
);

/** Of `navigator`: what a runtime asks of the machine it runs on. */
export const ALLOWED_NAVIGATOR: ReadonlySet<string> = new Set(
  words(
    'constructor deviceMemory gpu hardwareConcurrency language languages platform product userAgent vendor',
  ),
);

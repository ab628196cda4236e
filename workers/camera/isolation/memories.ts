/**
 * Every memory in which a picture could be left inside this worker, so that the camera can search it.
 *
 * WebAssembly's are known from the start: what makes one is wrapped before any library is loaded. Plain arrays come and go by
 * the thousand; they are noted only while a canary is on its way (`noteArrays`), when being slow does not matter.
 */

const memories = new Set<WeakRef<WebAssembly.Memory>>();

function note(value: unknown): void {
  if (!(value instanceof NativeMemory)) return;
  for (const known of memories) if (known.deref() === value) return;
  memories.add(new WeakRef(value));
}

const NativeMemory = WebAssembly.Memory;

/** All memories of WebAssembly in this worker; those of the runtime's threads are shared with it. */
export function wasmMemories(): WebAssembly.Memory[] {
  return [...memories].flatMap((known) => known.deref() ?? []);
}

const noteAll = (values: object) => Object.values(values).forEach(note);

/** From now on no memory comes into being in this worker that is not known here. */
export function watchWasm(wasm: typeof WebAssembly): void {
  const { Memory, Instance, instantiate } = wasm;
  wasm.Memory = new Proxy(Memory, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget) as WebAssembly.Memory;
      note(made);
      return made;
    },
  });
  wasm.Instance = new Proxy(Instance, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget) as WebAssembly.Instance;
      noteAll(made.exports);
      return made;
    },
  });
  const noted = async (promise: Promise<unknown>) => {
    const made = await promise;
    const instance = (made as { instance?: WebAssembly.Instance }).instance ?? made;
    if (instance instanceof Instance) noteAll(instance.exports);
    return made;
  };
  wasm.instantiate = ((...args: unknown[]) =>
    noted(Reflect.apply(instantiate, wasm, args) as Promise<unknown>)) as typeof instantiate;
  const { instantiateStreaming } = wasm;
  if (instantiateStreaming)
    wasm.instantiateStreaming = ((...args: unknown[]) =>
      noted(
        Reflect.apply(instantiateStreaming, wasm, args) as Promise<unknown>,
      )) as typeof instantiateStreaming;
}

/** Smaller arrays hold no picture, in bytes. */
const MIN_BYTES = 4096;
const ARRAYS = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const;
/** What copies into an array that is there already, or makes one from another. */
const COPYING = ['set', 'slice', 'map', 'filter', 'fill', 'copyWithin'] as const;

/**
 * Notes every array that is made or written from now on.
 * @returns ends it; the memory of all that were noted and still exist
 */
export function noteArrays(scope: object): () => ArrayBufferLike[] {
  const globals = scope as Record<string, unknown>;
  const noted = new Set<WeakRef<ArrayBufferLike>>();
  const seen = new WeakSet<ArrayBufferLike>();
  const enter = (value: unknown) => {
    const buffer = ArrayBuffer.isView(value) ? value.buffer : (value as ArrayBufferLike);
    if (!(buffer.byteLength >= MIN_BYTES) || seen.has(buffer)) return;
    seen.add(buffer);
    noted.add(new WeakRef(buffer));
  };
  const restore: (() => void)[] = [];
  for (const name of ARRAYS) {
    const native = globals[name] as (new () => object) | undefined;
    if (!native) continue;
    globals[name] = new Proxy(native, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget) as object;
        enter(made);
        return made;
      },
    });
    restore.push(() => (globals[name] = native));
  }
  const watched: [object, readonly string[]][] = [
    [Reflect.getPrototypeOf(Uint8Array.prototype)!, COPYING],
    [ArrayBuffer.prototype, ['slice', 'transfer']],
  ];
  for (const [holder, names] of watched) {
    const methods = holder as Record<string, (...args: unknown[]) => unknown>;
    for (const name of names) {
      const native = methods[name];
      if (!native) continue;
      methods[name] = function (this: object, ...args: unknown[]) {
        const result = Reflect.apply(native, this, args) as unknown;
        enter(name === 'set' ? this : (result ?? this));
        return result;
      };
      restore.push(() => (methods[name] = native));
    }
  }
  return () => {
    for (const undo of restore) undo();
    return [...noted].flatMap((known) => known.deref() ?? []);
  };
}

/** Text kept on this device under keys; what a browser's `localStorage` is, and what stands in for it where it is shut. */
export type DeviceStore = {
  readonly get: (key: string) => string | null;
  readonly set: (key: string, text: string) => void;
  readonly remove: (key: string) => void;
  readonly keys: () => readonly string[];
};

export const memoryStore = (): DeviceStore => {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, text) => void kept.set(key, text),
    remove: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
};

const storageStore = (storage: Storage): DeviceStore => {
  // A full store loses the comfort of a draft, never the entry itself.
  const quietly = (work: () => void): void => {
    try {
      work();
    } catch {
      // Nothing can be done about a store that takes no more.
    }
  };
  return {
    get: (key) => storage.getItem(key),
    set: (key, text) => quietly(() => storage.setItem(key, text)),
    remove: (key) => quietly(() => storage.removeItem(key)),
    keys: () => Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key !== null),
  };
};

let opened: DeviceStore | null = null;

const openStore = (): DeviceStore => {
  try {
    return storageStore(window.localStorage);
  } catch {
    return memoryStore();
  }
};

/** This browser's store; one in memory where the browser refuses (private windows, blocked storage). */
export const deviceStore = (): DeviceStore => (opened ??= openStore());

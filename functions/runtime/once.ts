/** Finds a value for each key only once, however often it is asked for. */
export const onceEach = <Value>(find: (key: string) => Promise<Value>) => {
  const found = new Map<string, Promise<Value>>();
  return (key: string): Promise<Value> => {
    const value = found.get(key) ?? find(key);
    found.set(key, value);
    return value;
  };
};

/** `onceEach` for as long as a container lives: what could not be found is looked for again. */
export const onceFound = <Value>(find: (key: string) => Promise<Value>) => {
  const found = new Map<string, Promise<Value>>();
  return (key: string): Promise<Value> => {
    const known = found.get(key);
    if (known) return known;
    const value = find(key);
    found.set(key, value);
    value.catch(() => found.delete(key));
    return value;
  };
};

/**
 * Finds what belongs to a thing once for each of its versions, for as long as a container lives. What could
 * not be found is looked for again.
 * @param most things that are kept at the same time
 */
export const onceForVersion = <Value>(most: number, find: (id: string) => Promise<Value>) => {
  const kept = new Map<string, { readonly version: number; readonly value: Value }>();
  return async (id: string, version: number): Promise<Value> => {
    const known = kept.get(id);
    if (known?.version === version) return known.value;
    const value = await find(id);
    if (kept.size >= most) kept.clear();
    kept.set(id, { version, value });
    return value;
  };
};

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

/** What has the same key together, in the order in which keys first came. */
export function group<T>(all: readonly T[], key: (one: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const one of all) {
    const known = groups.get(key(one));
    if (known) known.push(one);
    else groups.set(key(one), [one]);
  }
  return [...groups.values()];
}

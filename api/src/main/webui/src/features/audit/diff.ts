/** A field that was another one before. */
export interface Difference {
  path: string;
  before: string | null;
  after: string | null;
}

/** What differs between two trees, leaf by leaf, in the order of paths. Pure. */
export function differences(before: unknown, after: unknown): Difference[] {
  const old = leaves(before);
  const next = leaves(after);
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .sort()
    .map((path) => ({ path, before: old.get(path) ?? null, after: next.get(path) ?? null }));
}

function leaves(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, part] of Object.entries(value)) {
      leaves(part, path === '' ? key : `${path}.${key}`, into);
    }
  } else if (path !== '' && value !== undefined && value !== null) {
    into.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return into;
}

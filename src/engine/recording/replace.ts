/**
 * A value with some of what is in it replaced: `by` gives what stands in for an object, or undefined to look inside of it.
 * What has nothing replaced in it stays the same object; typed arrays and instances of classes are not looked into.
 */
export function replaced(value: unknown, by: (value: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const other = by(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) {
    const items = value.map((item) => replaced(item, by));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [name, item] of Object.entries(value)) {
    const next = replaced(item, by);
    if (next === item) continue;
    copy ??= { ...value };
    copy[name] = next;
  }
  return copy ?? value;
}

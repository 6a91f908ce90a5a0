/** A colour in a style. */
export const anyColor = /(rgba?|color|oklch|oklab|lab)\([^)]*\)/;

export const isSeen = (color: string): boolean => color !== '' && color !== 'transparent' && !/[,/] ?0\)$/.test(color);

/** Shadows without blur and offset are rings. */
export function ringsOf(
  shadow: string,
): { readonly spread: number; readonly color: string; readonly inset: boolean }[] {
  return shadow.split(/,(?![^(]*\))/).flatMap((one) => {
    const lengths = [...one.matchAll(/(-?[\d.]+)px/g)].map(([, value]) => Number(value));
    const color = anyColor.exec(one)?.[0];
    const [right, down, blur, spread = 0] = lengths;
    if (!color || right !== 0 || down !== 0 || blur !== 0 || spread <= 0 || !isSeen(color)) return [];
    return [{ spread, color, inset: one.includes('inset') }];
  });
}

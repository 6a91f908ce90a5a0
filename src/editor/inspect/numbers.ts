/** A number in a narrow column: three decimals, or four digits where that says nothing. With a true minus. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size === 0
      ? '0'
      : size < 0.0005 || size >= 1e6
        ? value.toExponential(2).replace('e+', 'e')
        : size < 1000
          ? value.toFixed(size < 100 ? 3 : 2)
          : String(Math.round(value));
  return text.replaceAll('-', '−');
}

/** The same without zeros at its end, for the ends of axes. */
export const endNumber = (value: number): string => {
  const text = shortNumber(value);
  return text.includes('e') ? text : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
};

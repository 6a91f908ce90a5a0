/** The solution of `matrix * x = right` by the elimination of Gauss and Jordan with pivots; for the few unknowns of a solver's order. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const [a, b] = matrix;
  if (a && b && matrix.length === 2) {
    // Two unknowns are the usual case.
    const [[a0 = 0, a1 = 0], [b0 = 0, b1 = 0], [c = 0, d = 0]] = [a, b, right];
    const determinant = a0 * b1 - a1 * b0;
    return [(c * b1 - a1 * d) / determinant, (a0 * d - c * b0) / determinant];
  }
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const below = rows.slice(column);
    const pivot = below.reduce((best, row) => (sizeOf(row, column) > sizeOf(best, column) ? row : best));
    rows[rows.indexOf(pivot)] = rows[column] as number[];
    rows[column] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] as number) / (pivot[column] as number);
      for (let j = column; j <= size; j += 1) row[j] = (row[j] as number) - factor * (pivot[j] as number);
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}

const sizeOf = (row: readonly number[], column: number): number => Math.abs(row[column] as number);

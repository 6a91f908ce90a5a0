/** The solution of `matrix * x = right` by Gaussian elimination with pivots; for the few unknowns of a solver's order. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const size = rows.length;
  const at = (i: number, j: number) => (rows[i] as number[])[j] as number;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let i = column + 1; i < size; i += 1) if (Math.abs(at(i, column)) > Math.abs(at(pivot, column))) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let i = column + 1; i < size; i += 1) {
      const factor = at(i, column) / at(column, column);
      for (let j = column; j <= size; j += 1) (rows[i] as number[])[j] = at(i, j) - factor * at(column, j);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i -= 1) {
    let value = at(i, size);
    for (let j = i + 1; j < size; j += 1) value -= at(i, j) * (solution[j] as number);
    solution[i] = value / at(i, i);
  }
  return solution;
}

import type { Box } from '../document/boxes';

/** What a wire must not run across: a node, or a note. */
export interface Face extends Box {
  readonly id: string;
}

/** Side of a square of the index, about that of a node; pixels. */
const side = 256;

/** Two squares far from each other may share a number; whoever asks looks at the faces themselves. */
const squareAt = (column: number, row: number) => column * 65_537 + row;

/** Faces by where they lie, so that a wire of a large graph asks only those near it. */
export class Faces<T extends Face = Face> {
  readonly #byId = new Map<string, T>();
  /** Places in `#all`. */
  readonly #squares = new Map<number, number[]>();
  /** When a face was found last. */
  readonly #found: Uint32Array;
  readonly #all: readonly T[];
  #asked = 0;

  constructor(all: readonly T[]) {
    this.#all = all;
    this.#found = new Uint32Array(all.length);
    for (const [i, face] of all.entries()) {
      this.#byId.set(face.id, face);
      const [right, bottom] = [Math.floor((face.x + face.width) / side), Math.floor((face.y + face.height) / side)];
      for (let column = Math.floor(face.x / side); column <= right; column++)
        for (let row = Math.floor(face.y / side); row <= bottom; row++) {
          const square = squareAt(column, row);
          const there = this.#squares.get(square);
          if (there) there.push(i);
          else this.#squares.set(square, [i]);
        }
    }
  }

  /** Those with these ids, each once. */
  of(...ids: readonly string[]): T[] {
    return [...new Set(ids)].flatMap((id) => this.#byId.get(id) ?? []);
  }

  /** Those that share more than an edge with a rectangle. */
  over(left: number, top: number, right: number, bottom: number): T[] {
    const found: T[] = [];
    this.#asked++;
    const [lastColumn, lastRow] = [Math.floor(right / side), Math.floor(bottom / side)];
    for (let column = Math.floor(left / side); column <= lastColumn; column++)
      for (let row = Math.floor(top / side); row <= lastRow; row++)
        for (const i of this.#squares.get(squareAt(column, row)) ?? none) {
          const face = this.#all[i];
          if (!face || this.#found[i] === this.#asked) continue;
          this.#found[i] = this.#asked;
          if (face.x < right && face.x + face.width > left && face.y < bottom && face.y + face.height > top)
            found.push(face);
        }
    return found;
  }
}

const none: readonly number[] = [];

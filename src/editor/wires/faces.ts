import type { Box } from '../document/boxes';

/** What a wire must not run across: a node, or a note. */
export interface Face extends Box {
  readonly id: string;
}

/** Side of a square of the index, about that of a node; pixels. */
const side = 256;

const isOver = (a: Box, left: number, top: number, right: number, bottom: number) =>
  a.x < right && a.x + a.width > left && a.y < bottom && a.y + a.height > top;

/** Faces by where they lie, so that a wire of a large graph asks only those near it. */
export class Faces {
  readonly #byId = new Map<string, Face>();
  readonly #squares = new Map<number, Face[]>();

  constructor(all: readonly Face[]) {
    for (const face of all) {
      this.#byId.set(face.id, face);
      for (const square of squares(face.x, face.y, face.x + face.width, face.y + face.height)) {
        const there = this.#squares.get(square);
        if (there) there.push(face);
        else this.#squares.set(square, [face]);
      }
    }
  }

  /** Those with these ids, each once. */
  of(...ids: readonly string[]): Face[] {
    return [...new Set(ids)].flatMap((id) => this.#byId.get(id) ?? []);
  }

  /** Those that share more than an edge with a rectangle, in the order in which they were given. */
  over(left: number, top: number, right: number, bottom: number): Face[] {
    const found = new Set<Face>();
    for (const square of squares(left, top, right, bottom))
      for (const face of this.#squares.get(square) ?? []) if (isOver(face, left, top, right, bottom)) found.add(face);
    return [...found];
  }
}

/** Two squares far from each other may share a number; whoever asks looks at the faces themselves. */
function* squares(left: number, top: number, right: number, bottom: number): Generator<number> {
  for (let column = Math.floor(left / side); column <= Math.floor(right / side); column++)
    for (let row = Math.floor(top / side); row <= Math.floor(bottom / side); row++) yield column * 65_537 + row;
}

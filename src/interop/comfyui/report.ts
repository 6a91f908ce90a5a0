import type { ModelKind, ModelReference } from '../../core/model-reference';

/** What became of a file of another program, for the person who opened it. */
export interface Report {
  /** What it was: "ComfyUI workflow 0.4". */
  readonly source: string;
  /** Kinds of nodes that Weft has, as the other program calls them. */
  readonly mapped: readonly Counted[];
  /** Kinds of nodes that Weft lacks: they keep their place and their wires, and do not run. */
  readonly missing: readonly Counted[];
  readonly models: readonly NeededModel[];
  /** Sentences: what is done otherwise than there. */
  readonly remarks: readonly string[];
}

interface Counted {
  readonly name: string;
  readonly count: number;
  /** Ids of the nodes; those within subgraphs are left out. */
  readonly nodes: readonly string[];
}

/** A file of weights that the graph names. */
export interface NeededModel {
  readonly file: string;
  readonly kinds: readonly ModelKind[];
  /** The model of the library that stands for it; absent where there is none of that name. */
  readonly found?: ModelReference;
  /** Where the file says that it can be had, its SHA-256 ("sha256:…"), and the other program's folder for it. */
  readonly source?: string;
  readonly hash?: string;
  readonly folder?: string;
}

/** Collects a report. */
export class Reporter {
  readonly #mapped = new Map<string, string[]>();
  readonly #missing = new Map<string, string[]>();
  readonly #counts = new Map<string, number>();
  readonly #models = new Map<string, NeededModel>();
  readonly #remarks = new Set<string>();

  count(known: boolean, name: string, node: string | undefined): void {
    const list = known ? this.#mapped : this.#missing;
    list.set(name, [...(list.get(name) ?? []), ...(node === undefined ? [] : [node])]);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  model(needed: NeededModel): void {
    this.#models.set(needed.file, needed);
  }

  remark(sentence: string | undefined): void {
    if (sentence) this.#remarks.add(sentence);
  }

  report(source: string): Report {
    const counted = (list: ReadonlyMap<string, string[]>) =>
      [...list].map(([name, nodes]) => ({ name, count: this.#counts.get(name) ?? 0, nodes }));
    return {
      source,
      mapped: counted(this.#mapped),
      missing: counted(this.#missing),
      models: [...this.#models.values()],
      remarks: [...this.#remarks],
    };
  }
}

import type { DocumentNode } from '../../core/document';
import { nodeOf, type Recipe } from './recipe';

type Json = DocumentNode['params'][string];

/** Sets a parameter; `undefined` gives back its default. */
export const setParameter =
  (id: string, name: string, value: Json | undefined): Recipe =>
  (document) => {
    const node = nodeOf(document, id);
    if (!node) return;
    if (value === undefined) delete node.params[name];
    else node.params[name] = value;
  };

/** Makes an input socket of a parameter, or takes it back together with its wire. */
export const exposeParameter =
  (id: string, name: string, exposed: boolean): Recipe =>
  (document) => {
    const node = nodeOf(document, id);
    if (!node) return;
    const others = (node.exposed ?? []).filter((other) => other !== name);
    if (exposed) node.exposed = [...others, name];
    else {
      if (others.length) node.exposed = others;
      else delete node.exposed;
      document.wires = document.wires.filter(({ to }) => to[0] !== id || to[1] !== name);
    }
  };

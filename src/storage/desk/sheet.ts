import type { Document } from '../../core/document';
import type { Numbered } from './records';

export type Role =
  /** This page changes the graph. */
  | 'edits'
  /** Another page does, and this one shows what it does. */
  | 'follows';

export interface Sheet {
  readonly id: string;
  role: Role;
  /** The last state that is on the disk; undefined for a graph that is not kept yet. */
  kept: Document | undefined;
  n: number;
  wanted: Document;
  /** When it was last changed, not counting where the user looks. */
  changed: number;
  /** Changes in the journal. */
  appended: number;
  /** All of it is to be written in place of its changes. */
  settles: boolean;
  /** The last write failed and nobody knows whether it arrived. */
  unsure: boolean;
}

/** A graph as it was found in the database, or as it begins. */
export const sheetOf = (id: string, role: Role, { document, n, appended }: Numbered, now: number): Sheet => ({
  id,
  role,
  kept: document,
  n,
  wanted: document,
  changed: now,
  appended,
  settles: false,
  unsure: false,
});

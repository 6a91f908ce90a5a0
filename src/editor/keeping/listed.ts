import { keptDocuments, libraryEntries } from '../../storage/documents';
import type { LibraryEntry } from '../../storage/entry';
import { desk } from './desk';

/** How long a list waits for the graphs that are open to be written out; milliseconds. */
const patience = 500;

/** Lists are made of what is written out; where the storage does not answer they show what was there before. */
const settled = () => Promise.race([desk.settle(), new Promise((resolve) => setTimeout(resolve, patience))]);

/** The kept graphs with the names that they have now, last changed first. */
export const listKept = async (): Promise<LibraryEntry[]> => settled().then(keptDocuments);

/** The same with those in the trash. */
export const listAll = async (): Promise<LibraryEntry[]> => settled().then(libraryEntries);

import { expose } from 'comlink';
import { structuralSimilarity } from './similarity';

/** Counts away from the page: a picture of 2048 × 2048 takes about two seconds. */
const api = { structuralSimilarity };

export type SimilarityApi = typeof api;

expose(api);

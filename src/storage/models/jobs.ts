import type { Problem } from '../../core/problem';
import type { ModelEntry } from './model-entry';
import type { SourceFile } from './take-in';

/** How far an import or a download is. */
export interface JobProgress {
  readonly phase: 'copying' | 'reading' | 'downloading' | 'checking';
  /** Bytes. */
  readonly done: number;
  /** Bytes; unknown for a file whose server does not tell. */
  readonly total: number | undefined;
}

/** How a job ended. */
export type JobOutcome =
  | { readonly ended: 'kept'; readonly model: ModelEntry; readonly before: boolean }
  | { readonly ended: 'stopped' }
  /** Weft cannot run it, and it was not asked for in spite of that. */
  | { readonly ended: 'unsupported'; readonly sentence: string }
  | {
      readonly ended: 'failed';
      readonly problem: Problem;
      /** The server asks for a token, or for another one. */
      readonly access?: boolean;
    };

export interface ImportOrder {
  readonly name: string;
  readonly files: readonly SourceFile[];
  /** Set for a model that is to be used where it lies; nothing is copied then. */
  readonly handle?: FileSystemFileHandle | FileSystemDirectoryHandle;
  /** Keeps it even if Weft cannot run it. */
  readonly keepUnsupported: boolean;
}

/** The worker that reads, hashes and downloads model files. Jobs go on beside each other. */
export interface LibraryApi {
  importModel(id: string, order: ImportOrder, onProgress: (progress: JobProgress) => void): Promise<JobOutcome>;
  /** Starts or goes on with a download; its record is in the database. `token` is the hub's, and is not kept. */
  download(id: string, token: string | undefined, onProgress: (progress: JobProgress) => void): Promise<JobOutcome>;
  /** Stops a job. A download keeps what it has. */
  stop(id: string): void;
}

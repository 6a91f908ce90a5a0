/** A file that is to be downloaded. */
export interface WantedFile {
  /** Relative with forward slashes, as the model will have it. */
  readonly path: string;
  readonly url: string;
  /** Bytes; unknown until the server tells, for files that no listing names. */
  readonly size?: number;
  /** Hexadecimal SHA-256, where the source lists it. */
  readonly sha256?: string;
  /** The name that git gives the content (SHA-1 of "blob <size>\0" and the bytes), for small files of a hub. */
  readonly gitOid?: string;
}

/** A file of a download: what is wanted and how far it is. */
export interface DownloadedFile extends WantedFile {
  /** Its name in the browser's own file system; what it holds so far is how far it is. */
  readonly stored: string;
  /** Hexadecimal SHA-256 of the whole file, once it is whole and was checked. */
  readonly whole?: string;
}

/** A download that is not finished, as it outlives the page. */
export interface DownloadRecord {
  readonly id: string;
  /** What the model will be called. */
  readonly name: string;
  /** A page or address for people, and for graphs that name the model. */
  readonly source: string;
  /** A licence note from its page. */
  readonly note: string;
  readonly files: readonly DownloadedFile[];
  /** Where the user keeps a token for it: the token itself is never stored. */
  readonly endpoint?: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
}

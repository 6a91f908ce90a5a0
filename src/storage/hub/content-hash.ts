import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What identifies bytes that come piece by piece. */
export interface ContentHash {
  update(bytes: Uint8Array): void;
  /** Hexadecimal. Ends the hash. */
  sha256(): string;
  /** The name that git gives the content; its length must have been told. */
  gitOid(): string | undefined;
}

/** `gitSize` is the length of the content in bytes where its git name is wanted too: git hashes the length first. */
export function contentHash(gitSize?: number): ContentHash {
  const content = sha256.create();
  const blob = gitSize === undefined ? undefined : sha1.create().update(utf8ToBytes(`blob ${gitSize}\0`));
  return {
    update(bytes) {
      content.update(bytes);
      blob?.update(bytes);
    },
    sha256: () => bytesToHex(content.digest()),
    gitOid: () => blob && bytesToHex(blob.digest()),
  };
}

import { type ModelChoice, modelChoices } from '../models/choices';
import type { ModelAddress } from './address';
import type { DownloadRecord, WantedFile } from './download-record';
import { fileAddress, type HubFile, type Repository } from './repository';

/** A model that can be downloaded: all that `beginDownload` needs, and how it differs from the others. */
export interface Offer {
  readonly id: string;
  /** "fp16, 12 files", or the name of a single file. */
  readonly title: string;
  /** Bytes; unknown for an address that no listing names. */
  readonly size: number | undefined;
  readonly order: Omit<DownloadRecord, 'id' | 'begun' | 'files'> & { readonly files: readonly WantedFile[] };
}

const stem = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.(safetensors|ckpt|pt|pth|bin)$/i, '');

const variantWords = (variant: string): string => {
  if (variant === '') return 'usual precision';
  return variant === 'onnx' ? 'ONNX networks' : 'half precision (fp16)';
};

type HubAddress = Extract<ModelAddress, { on: 'hub' }>;

function hubOffer({ endpoint, repo }: HubAddress, repository: Repository, choice: ModelChoice<HubFile>): Offer {
  const { commit, license } = repository;
  const isFolder = choice.what === 'folder';
  const [first] = choice.files;
  const name = isFolder ? repo.slice(repo.indexOf('/') + 1) : stem(first?.path ?? '');
  const variant = choice.variant === '' ? '' : `#${choice.variant}`;
  return {
    id: choice.id,
    title: isFolder ? `All parts, ${variantWords(choice.variant)}, ${choice.files.length} files` : (first?.path ?? ''),
    size: choice.size,
    order: {
      name: choice.variant === '' ? name : `${name} ${choice.variant}`,
      source: isFolder
        ? `${endpoint}/${repo}/tree/${commit}${variant}`
        : fileAddress(endpoint, repo, commit, choice.id),
      note: license === undefined ? '' : `Licence: ${license}`,
      endpoint,
      files: choice.files.map((file) => ({
        ...file,
        path: isFolder ? file.path : file.path.slice(file.path.lastIndexOf('/') + 1),
        url: fileAddress(endpoint, repo, commit, file.path),
      })),
    },
  };
}

/** What a repository offers: the file that the address names, or all of its models, the address's variant first. */
export function repositoryOffers(address: HubAddress, repository: Repository): readonly Offer[] {
  const { path, variant } = address;
  const named = repository.files.find((file) => file.path === path);
  if (named)
    return [
      hubOffer(address, repository, { id: named.path, what: 'file', variant: '', files: [named], size: named.size }),
    ];
  if (path !== undefined) return [];
  const choices = [...modelChoices(repository.files)];
  const first = choices.findIndex((choice) => choice.what === 'folder' && choice.variant === variant);
  if (first > 0) choices.unshift(...choices.splice(first, 1));
  return choices.map((choice) => hubOffer(address, repository, choice));
}

/** A file at an address of its own. */
export function webOffer({ url, sha256 }: Extract<ModelAddress, { on: 'web' }>): Offer {
  const { pathname, host } = new URL(url);
  const name = decodeURIComponent(pathname.split('/').at(-1) ?? '') || host;
  const path = /\.[a-z]+$/i.test(name) ? name : `${name}.safetensors`;
  return {
    id: url,
    title: name,
    size: undefined,
    order: {
      name: stem(path),
      source: url,
      note: '',
      files: [{ path, url, ...(sha256 !== undefined && { sha256 }) }],
    },
  };
}

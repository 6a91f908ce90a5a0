import type { Plugin } from 'vite';

/** Has the page fetch a chunk and its styles at once, although a script asks for it only when it ran. */
export const preloadChunk = (name: string): Plugin => ({
  name: 'weft:preload-chunk',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { path, bundle = {} }) {
      // Benchmarks are pages of their own.
      if (path !== '/index.html') return [];
      const chunk = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === name);
      if (chunk?.type !== 'chunk') throw new Error(`No chunk of the build is called "${name}".`);
      const link = (rel: string, path: string) => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `./${path}` },
        injectTo: 'head' as const,
      });
      return [
        link('modulepreload', chunk.fileName),
        ...[...(chunk.viteMetadata?.importedCss ?? [])].map((path) => link('stylesheet', path)),
      ];
    },
  },
});

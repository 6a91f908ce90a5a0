import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { appHeaders, isolation } from './scripts/headers.mjs';
import { appHeadersForStaticHosts } from './scripts/vite/app-headers.ts';
import { embeddedModel } from './scripts/vite/embedded-model.ts';
import { nodeIcons } from './scripts/vite/node-icons.ts';
import { offline } from './scripts/vite/offline.ts';
import { preloadChunk } from './scripts/vite/preload-chunk.ts';
import { withoutNodeHelp } from './scripts/vite/without-node-help.ts';
import { withoutNodeRun } from './scripts/vite/without-node-run.ts';

/**
 * ONNX Runtime in a file of its own: it does not count against the size budget and changes only with its version. What the page starts with
 * is one more, with all that it imports: in many small files it would be larger. What runs before it is not in it.
 */
const output = {
  codeSplitting: {
    groups: [
      { name: 'onnxruntime', test: /[\\/]node_modules[\\/]onnxruntime-(web|common)[\\/]/, priority: 2 },
      { name: 'language', test: /[\\/]text[\\/]words-of\.ts$|preload-helper/, priority: 1 },
      { name: 'editor', test: /[\\/]src[\\/]editor[\\/]editor\.tsx$/ },
    ],
  },
};

const nodes = fileURLToPath(new URL('nodes', import.meta.url));

export default defineConfig({
  base: './',
  plugins: [
    react(),
    nodeIcons(nodes, fileURLToPath(new URL('node_modules/@tabler/icons-react/dist/esm/icons', import.meta.url)), [
      fileURLToPath(new URL('src/core/subgraph.ts', import.meta.url)),
    ]),
    ...['tiny', 'clip-vocabulary'].map((name) =>
      embeddedModel(name, fileURLToPath(new URL(`models/${name}/model`, import.meta.url))),
    ),
    embeddedModel('tiny/fine-tunes', fileURLToPath(new URL('models/tiny/fine-tunes', import.meta.url))),
    withoutNodeRun(nodes),
    preloadChunk('editor'),
    appHeadersForStaticHosts(),
    offline(fileURLToPath(new URL('src/editor/install/service-worker.ts', import.meta.url))),
  ],
  build: {
    outDir: 'dist/app',
    target: 'es2023',
    // Fonts and icons stay files, so that the policy needs no data: address for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { output },
  },
  worker: { format: 'es', plugins: () => [withoutNodeHelp(nodes)], rolldownOptions: { output } },
  // Prebundling would part ONNX Runtime from the .wasm beside it.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: isolation },
  preview: { headers: appHeaders },
});

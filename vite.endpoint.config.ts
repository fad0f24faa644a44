import { defineConfig } from 'vite';

// The optional endpoint: our own TypeScript in one file, the thread of its database beside it, packages from node_modules.

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist-endpoint',
    target: 'node20',
    rolldownOptions: {
      input: { 'main.js': 'server/main.ts', 'pglite-thread.mjs': 'server/store/pglite-thread.mjs' },
      output: { entryFileNames: '[name]' },
    },
  },
});

import { defineConfig } from 'vite';

// The optional endpoint: our own TypeScript in one file, packages from node_modules.

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist-endpoint',
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'main.js' } },
  },
});

import { defineConfig } from '@playwright/test';

// `npm run pictures`: not tests, but the same tour as the accessibility journey, photographed into docs/pictures.

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.pictures.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 300_000,
});

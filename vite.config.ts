import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type Plugin } from 'vitest/config';

// One file configures the renderer, the Electron main process, the preload bridge and every Vitest project.

const external = ['electron', /^electron\//, ...builtinModules, /^node:/];
// Under Vitest `noExternal: true` would inline all of node_modules and make each DOM test take nine seconds.
const noExternal = process.env['VITEST'] ? [] : (true as const);
const chromium = process.env['CHROMIUM'];

/** The policy both hosts run under. It is part of the built page, so neither host can forget it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  // The endpoint is wherever the shop says: any place over https; plain http only to this very computer, where
  // `npm run endpoint` listens (a policy can't name an IPv6 address).
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'tenpunch:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const browserOptions = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  api: { host: '127.0.0.1', port: 63315, strictPort: false },
  provider: playwright({ launchOptions: chromium ? { executablePath: chromium } : {} }),
  instances: [{ browser: 'chromium' as const }],
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  define: { __APP_VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '0.1.0') },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  worker: { format: 'es' },
  environments: {
    client: {
      build: {
        outDir: 'dist',
        target: 'chrome156',
        // Inlined assets would be data: scripts and fonts, which the policy above forbids.
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: { app: 'index.html' },
          // What two screens share is one file: dozens of tiny ones would each cost a round trip at start.
          output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
        },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal, conditions: ['node'] },
      build: {
        outDir: 'dist-electron',
        target: 'node24',
        emptyOutDir: true,
        rolldownOptions: {
          input: 'electron/main.ts',
          external,
          output: { format: 'es', entryFileNames: 'main.js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal, conditions: ['node'] },
      build: {
        outDir: 'dist-electron',
        emptyOutDir: false,
        rolldownOptions: {
          input: 'electron/preload.ts',
          external: ['electron'],
          // Sandboxed preload scripts must be CommonJS.
          output: { format: 'cjs', entryFileNames: 'preload.cjs' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  test: {
    // Nothing is judged by its time: a machine that is busy with something else must not fail a test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['tests/setup/node.ts'],
          include: ['{shared,renderer,electron,tests}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          setupFiles: ['tests/setup/node.ts', 'tests/setup/dom.ts'],
          include: ['{renderer,tests}/**/*.dom.test.tsx'],
        },
      },
      {
        extends: true,
        // Found while a test runs, these would reload the page under it.
        optimizeDeps: {
          include: [
            'vitest-browser-react',
            'react-aria-components/I18nProvider',
            'react-aria-components/Link',
            'react-aria-components/Tooltip',
            'react-dom/client',
            'zustand',
            'zustand/vanilla',
            'papaparse',
            'libphonenumber-js/min',
            'zod/mini',
            'fast-check',
          ],
        },
        test: {
          name: 'browser',
          include: ['{renderer,tests}/**/*.browser.test.{ts,tsx}'],
          globalSetup: ['tests/setup/trial-endpoint.ts'],
          browser: browserOptions,
        },
      },
    ],
  },
});

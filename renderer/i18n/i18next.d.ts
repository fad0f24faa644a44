import type { DEFAULT_NAMESPACE } from './i18n.ts';
import type { en } from './locales/en/en.ts';

// Makes every key a type: a text that is missing or misspelt does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: typeof DEFAULT_NAMESPACE;
    resources: typeof en;
  }
}

declare const __APP_VERSION__: string;

/** Written into the bundle by vite.config.ts. */
export const APP_VERSION: string = __APP_VERSION__;

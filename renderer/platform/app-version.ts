// oxlint-disable-next-line no-underscore-dangle -- the usual shape of a build constant, so that nobody defines it by hand
declare const __APP_VERSION__: string;

/** Written into the bundle by vite.config.ts. */
export const APP_VERSION: string = __APP_VERSION__;

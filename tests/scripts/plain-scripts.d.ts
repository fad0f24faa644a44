/** The scripts are plain JavaScript so that they run before anything is installed; their tests need no types from them. */
declare module '*.mjs';

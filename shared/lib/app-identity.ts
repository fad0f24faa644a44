// Changing any of these shows a shop an empty database: browsers keep IndexedDB by origin, Electron by folder.

export const APP_NAME = 'Tenpunch';
/** The desktop window's origin is `app://tenpunch`. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'tenpunch';
/** The browser host's origin is `http://127.0.0.1:4710`: one address for ever, because the data belongs to it. */
export const WEB_HOST = '127.0.0.1';
export const WEB_PORT = 4710;

// Apart from the schemas, so that the preload script carries these few names and no validation library.

/** The name under which the preload script puts the bridge on `window`. */
export const BRIDGE_KEY = 'tenpunch';

/** Bridge function → channel between renderer and main process. */
export const CHANNELS = {
  appInfo: 'app:info',
  diskRoom: 'disk:room',
  reloadWindow: 'app:relaunch',
  saveFile: 'file:save',
  showDataFolder: 'shell:show-data-folder',
} as const;

export type BridgeName = keyof typeof CHANNELS;

// Apart from the schemas, so that the preload script carries these few names and no validation library.

/** The name under which the preload script puts the bridge on `window`. */
export const BRIDGE_KEY = 'tenpunch';

/** Bridge function → channel between renderer and main process. */
export const CHANNELS = {
  appInfo: 'app:info',
  diskRoom: 'disk:room',
  endpointFind: 'endpoint:find',
  endpointHush: 'endpoint:hush',
  endpointNews: 'endpoint:news',
  endpointPair: 'endpoint:pair',
  endpointSend: 'endpoint:send',
  endpointShopKey: 'endpoint:shop-key',
  endpointUnpair: 'endpoint:unpair',
  exportFolderChoose: 'export:choose',
  exportFolderFind: 'export:find',
  exportFolderWrite: 'export:write',
  reloadWindow: 'app:relaunch',
  saveFile: 'file:save',
  showDataFolder: 'shell:show-data-folder',
} as const;

export type BridgeName = keyof typeof CHANNELS;

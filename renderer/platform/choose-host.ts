import { BRIDGE_KEY } from '#shared/ipc/channels.ts';
import type { HostBridge } from '#shared/ipc/contract.ts';
import { APP_VERSION } from './app-version.ts';
import type { ShowDirectoryPicker } from './browser-export-folder.ts';
import { createBrowserHost } from './browser-host.ts';
import { createDesktopHost } from './desktop-host.ts';
import { downloadBlob } from './download-blob.ts';
import type { Host } from './host.ts';
import { startProbeWorker } from './room-probe.ts';
import type { ShowSaveFilePicker } from './save-picker.ts';

/** What we look for on `window`; any of it may be missing, whatever the types of the DOM promise. */
export interface HostGlobals {
  readonly [BRIDGE_KEY]?: HostBridge;
  readonly navigator: {
    readonly language: string;
    readonly userAgent: string;
    readonly storage?: StorageManager;
    readonly clipboard?: Clipboard;
  };
  readonly location: Pick<Location, 'reload'>;
  readonly showSaveFilePicker?: ShowSaveFilePicker;
  readonly showDirectoryPicker?: ShowDirectoryPicker;
  readonly indexedDB?: IDBFactory;
}

/** The desktop when the preload script has left its bridge, a browser otherwise. Called once, by the composition root. */
export function chooseHost(globals: HostGlobals): Host {
  const { navigator, location, showSaveFilePicker, showDirectoryPicker } = globals;
  const { storage, clipboard } = navigator;
  const bridge = globals[BRIDGE_KEY];
  if (bridge) return createDesktopHost({ bridge, storage, clipboard });
  return createBrowserHost({
    version: APP_VERSION,
    locale: navigator.language,
    userAgent: navigator.userAgent,
    storage,
    clipboard,
    startProbeWorker,
    // Called on its own object, or the browser throws "Illegal invocation".
    showSaveFilePicker: showSaveFilePicker && ((options) => showSaveFilePicker.call(globals, options)),
    showDirectoryPicker: showDirectoryPicker && ((options) => showDirectoryPicker.call(globals, options)),
    indexedDb: globals.indexedDB,
    download: downloadBlob,
    reload: () => location.reload(),
  });
}

// A plain browser tab: the save dialog where there is one, else a download.

import { APP_NAME } from '#shared/lib/app-identity.ts';
import { err, ok } from '#shared/lib/result.ts';
import { createBrowserExportFolder, type ShowDirectoryPicker } from './browser-export-folder.ts';
import { checkSaveRequest } from './check-save-request.ts';
import { createBrowserEndpointLink } from './browser-endpoint-link.ts';
import { createFolderMemory } from './folder-memory.ts';
import type { Host, HostInfo } from './host.ts';
import { createRoomProbe, type ProbeWorker } from './room-probe.ts';
import { MIME_TYPES, saveWithPicker, type FileToSave, type ShowSaveFilePicker } from './save-picker.ts';
import { createTillMarks } from './till-mark.ts';
import { copyText, type ClipboardPort } from './web-clipboard.ts';
import { requestPersistentStorage, storageEstimate, type StoragePort } from './web-storage.ts';

export interface BrowserParts {
  readonly version: string;
  readonly locale: string;
  readonly userAgent: string;
  readonly storage: StoragePort | undefined;
  readonly clipboard: ClipboardPort | undefined;
  readonly startProbeWorker: () => ProbeWorker;
  readonly showSaveFilePicker: ShowSaveFilePicker | undefined;
  readonly showDirectoryPicker: ShowDirectoryPicker | undefined;
  /** Only for the handle of the export folder: nothing else can keep one. */
  readonly indexedDb: IDBFactory | undefined;
  readonly download: (file: Blob, name: string) => void;
  readonly reload: () => void;
}

export function createBrowserHost(parts: BrowserParts): Host {
  const { showSaveFilePicker, storage, clipboard } = parts;
  return {
    kind: 'browser',
    info: async () => browserInfo(parts),
    async saveFile(request) {
      const bytes = checkSaveRequest(request);
      if (!bytes.ok) return bytes;
      const { suggestedName, kind } = request;
      const file: FileToSave = { suggestedName, kind, bytes: bytes.value };
      if (showSaveFilePicker) {
        const outcome = await saveWithPicker(showSaveFilePicker, file);
        if (outcome.ok) return outcome;
        if (outcome.error.code !== 'not-offered') return err({ code: outcome.error.code });
      }
      parts.download(new Blob([file.bytes], { type: MIME_TYPES[kind] }), suggestedName);
      return ok({ kind: 'sent-to-downloads' });
    },
    requestPersistentStorage: () => requestPersistentStorage(storage),
    storageEstimate: () => storageEstimate(storage),
    hasRoom: createRoomProbe(parts.startProbeWorker),
    tillMarks: createTillMarks(storage),
    exports: createBrowserExportFolder({
      showDirectoryPicker: parts.showDirectoryPicker,
      memory: createFolderMemory(parts.indexedDb),
      download: parts.download,
    }),
    endpoint: createBrowserEndpointLink(storage),
    copyText: (text) => copyText(clipboard, text),
    reload: async () => parts.reload(),
    showDataFolder: async () => err({ code: 'unsupported' }),
  };
}

function browserInfo({ version, locale, userAgent }: BrowserParts): HostInfo {
  const chrome = /Chrome\/([\d.]+)/.exec(userAgent)?.[1];
  return {
    name: APP_NAME,
    version,
    platform: 'browser',
    locale,
    ...(chrome === undefined ? {} : { chrome }),
  };
}

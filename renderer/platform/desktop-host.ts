// The desktop: every request goes through the bridge, every reply is parsed again. A preload script left over from
// another version then fails here, by name, and not somewhere in a screen.

import { CONTRACT, replySchema, type HostBridge } from '#shared/ipc/contract.ts';
import { InvariantError } from '#shared/lib/assert.ts';
import { err, ok } from '#shared/lib/result.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { checkSaveRequest } from './check-save-request.ts';
import { createDesktopEndpointLink } from './desktop-endpoint-link.ts';
import { createDesktopExportFolder } from './desktop-export-folder.ts';
import type { Host } from './host.ts';
import { parseReply } from './parse-reply.ts';
import { createTillMarks } from './till-mark.ts';
import { copyText, type ClipboardPort } from './web-clipboard.ts';
import { requestPersistentStorage, storageEstimate, type StoragePort } from './web-storage.ts';

const REPLIES = {
  appInfo: replySchema(CONTRACT.appInfo.response),
  diskRoom: replySchema(CONTRACT.diskRoom.response),
  reloadWindow: replySchema(CONTRACT.reloadWindow.response),
  saveFile: replySchema(CONTRACT.saveFile.response),
  showDataFolder: replySchema(CONTRACT.showDataFolder.response),
};

export interface DesktopParts {
  readonly bridge: HostBridge;
  readonly storage: StoragePort | undefined;
  readonly clipboard: ClipboardPort | undefined;
}

export function createDesktopHost({ bridge, storage, clipboard }: DesktopParts): Host {
  return {
    kind: 'desktop',
    async info() {
      const reply = parseReply(REPLIES.appInfo, await bridge.appInfo({}));
      // Without it the app does not even know its version: nothing sensible can follow.
      if (!reply.ok) throw new InvariantError(`the main process refused app:info: ${reply.error.code}`);
      const { ipcVersion: _ipcVersion, ...info } = reply.value;
      return info;
    },
    async saveFile(request) {
      const bytes = checkSaveRequest(request);
      if (!bytes.ok) return bytes;
      const { suggestedName, kind, contents } = request;
      const reply = parseReply(
        REPLIES.saveFile,
        await bridge.saveFile({
          suggestedName,
          kind,
          contents:
            typeof contents === 'string'
              ? { encoding: 'text', text: contents }
              : { encoding: 'base64', base64: encodeBase64(bytes.value) },
        }),
      );
      if (!reply.ok) return err({ code: 'unknown' });
      const outcome = reply.value;
      if (outcome.kind === 'failed') return err({ code: outcome.code });
      if (outcome.kind === 'cancelled') return ok(outcome);
      const { folderName } = outcome;
      return ok({ kind: 'saved', ...(folderName === undefined ? {} : { folderName }) });
    },
    requestPersistentStorage: () => requestPersistentStorage(storage),
    storageEstimate: () => storageEstimate(storage),
    async hasRoom(bytes) {
      try {
        const reply = parseReply(REPLIES.diskRoom, await bridge.diskRoom({ bytes }));
        return !reply.ok || reply.value.hasRoom;
      } catch {
        // The question itself got lost (a main process that is ending): that says nothing about the disk.
        return true;
      }
    },
    tillMarks: createTillMarks(storage),
    endpoint: createDesktopEndpointLink(bridge),
    exports: createDesktopExportFolder(bridge),
    copyText: (text) => copyText(clipboard, text),
    async reload() {
      const reply = parseReply(REPLIES.reloadWindow, await bridge.reloadWindow({}));
      if (!reply.ok) throw new InvariantError(`the main process refused app:relaunch: ${reply.error.code}`);
    },
    async showDataFolder() {
      const reply = parseReply(REPLIES.showDataFolder, await bridge.showDataFolder({}));
      return reply.ok && reply.value.isShown ? ok(undefined) : err({ code: 'failed' });
    },
  };
}

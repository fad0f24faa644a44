// The main process asks for the folder, remembers it and writes; the page learns the last part of its path.

import { CONTRACT, replySchema, type HostBridge } from '#shared/ipc/contract.ts';
import { err, ok } from '#shared/lib/result.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { checkExportFiles } from './check-export-files.ts';
import type { ChosenFolder, ExportFolder, FileToExport } from './export-folder.ts';
import { parseReply } from './parse-reply.ts';

const REPLIES = {
  choose: replySchema(CONTRACT.exportFolderChoose.response),
  find: replySchema(CONTRACT.exportFolderFind.response),
  write: replySchema(CONTRACT.exportFolderWrite.response),
};

export function createDesktopExportFolder(bridge: HostBridge): ExportFolder {
  return {
    canChoose: true,
    async find() {
      const reply = parseReply(REPLIES.find, await bridge.exportFolderFind({}));
      return reply.ok && reply.value.name !== undefined ? chosen(reply.value.name) : undefined;
    },
    async choose() {
      const reply = parseReply(REPLIES.choose, await bridge.exportFolderChoose({}));
      if (!reply.ok) return err({ code: 'unknown' });
      const outcome = reply.value;
      return outcome.kind === 'chosen' ? ok(chosen(outcome.name)) : err({ code: outcome.code });
    },
    async write(files) {
      const checked = checkExportFiles(files);
      if (!checked.ok) return checked;
      const crossing = files.map(({ name, contents }) => ({ name, contents: crossingContents(contents) }));
      const reply = parseReply(REPLIES.write, await bridge.exportFolderWrite({ files: crossing }));
      if (!reply.ok) return err({ code: 'unknown' });
      const outcome = reply.value;
      return outcome.kind === 'written' ? ok(chosen(outcome.name)) : err({ code: outcome.code });
    },
  };
}

const chosen = (name: string): ChosenFolder => ({ name, mustAsk: false });

function crossingContents(contents: FileToExport['contents']) {
  return typeof contents === 'string'
    ? ({ encoding: 'text', text: contents } as const)
    : ({ encoding: 'base64', base64: encodeBase64(contents) } as const);
}

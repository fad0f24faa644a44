import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The disk has the folder's list of names. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder, and keeps its names without being asked.
  if (process.platform === 'win32') return;
  await syncPath(folder);
}

/** The disk has everything below the folder. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else if (entry.isFile()) await syncPath(path, process.platform === 'win32' ? 'r+' : 'r');
  }
  await syncFolder(folder);
}

async function syncPath(path: string, flags = 'r'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

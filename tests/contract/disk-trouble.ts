// A disk in trouble, for a worker; its name says which trouble.

if (self.name === 'full') {
  FileSystemSyncAccessHandle.prototype.write = () => {
    throw new DOMException('', 'QuotaExceededError');
  };
}
if (self.name === 'unknown') {
  StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));
}
if (self.name === 'closed-once') {
  const { write } = FileSystemSyncAccessHandle.prototype;
  FileSystemSyncAccessHandle.prototype.write = () => {
    FileSystemSyncAccessHandle.prototype.write = write;
    throw new DOMException('', 'InvalidStateError');
  };
}

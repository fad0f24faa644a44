// Imported first by every command, for its effect: an old Node then gets one sentence instead of a syntax error later.

const LOWEST = { major: 20, minor: 19 };

/** @param {string} version as in `process.versions.node` */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LOWEST.major || (major === LOWEST.major && minor >= LOWEST.minor);
}

if (!isSupportedNode(process.versions.node)) {
  console.error(
    `Tenpunch needs Node ${LOWEST.major}.${LOWEST.minor} or newer; this is Node ${process.versions.node}. ` +
      'Install the current LTS from https://nodejs.org and run the same command again.',
  );
  process.exit(1);
}

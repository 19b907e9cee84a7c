// @ts-check
// Read by whatever Node there is: nothing newer than ten years.

/**
 * What is wrong with a version of Node; null when Doseline and its packages run on it.
 * @param {string} version as in process.versions.node
 */
export const nodeVersionFault = (version) => {
  const parts = version.split(".").map(Number);
  const major = parts[0] || 0;
  const minor = parts[1] || 0;
  const suits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (suits) return null;
  return (
    "Doseline needs Node 20.19 or later, 22.12 or later, or 24; this is Node " + version + ". See https://nodejs.org."
  );
};

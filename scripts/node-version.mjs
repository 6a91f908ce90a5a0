/** Imported first by every program that a newcomer starts: an old Node gets a sentence instead of a syntax error. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
  console.error(
    `Weft needs Node 20.19, 22.12 or newer and this is ${process.versions.node}: get one from https://nodejs.org`,
  );
  process.exit(1);
}

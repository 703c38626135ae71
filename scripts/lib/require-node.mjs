// Imported first, and free of anything new: what is too old to run the rest must still be able to say so.
const OLDEST = 20;
const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST) {
  console.error(
    `footfall: Node ${OLDEST} or newer is needed, this is ${process.version}; see https://nodejs.org/`,
  );
  process.exit(1);
}
